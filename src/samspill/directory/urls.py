"""Addresses of the directory."""

from django.urls import path

from samspill.directory.views import communities, me, sign_in

app_name = "directory"
urlpatterns = [
    path("logg-inn/", sign_in.sign_in, name="sign-in"),
    path("logg-ut/", sign_in.sign_out, name="sign-out"),
    path("logg-ut/overalt/", sign_in.sign_out_everywhere, name="sign-out-everywhere"),
    path("min-side/", me.my_page, name="my-page"),
    path("min-side/helsefellesskap/", me.choose_community, name="choose-community"),
    path("helsefellesskap/", communities.community_list, name="community-list"),
    path("helsefellesskap/<slug:slug>/", communities.community, name="community"),
    path("helsefellesskap/<slug:slug>/parter/", communities.new_party, name="new-party"),
    path("helsefellesskap/<slug:slug>/organer/", communities.new_body, name="new-body"),
    path("helsefellesskap/<slug:slug>/folk/", communities.new_member, name="new-member"),
]
