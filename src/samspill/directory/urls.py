"""Addresses of the directory."""

from django.urls import path

from samspill.directory.views import communities, invitations, me, oidc, people, sign_in

app_name = "directory"
urlpatterns = [
    path("logg-inn/", sign_in.sign_in, name="sign-in"),
    path("logg-ut/", sign_in.sign_out, name="sign-out"),
    path("logg-ut/takk/", sign_in.signed_out, name="signed-out"),
    path("logg-ut/overalt/", sign_in.sign_out_everywhere, name="sign-out-everywhere"),
    path("logg-inn/oidc/<slug:provider>/", oidc.start, name="oidc-start"),
    path("logg-inn/oidc/<slug:provider>/tilbake/", oidc.callback, name="oidc-callback"),
    path("logg-inn/oidc/<slug:provider>/avslutt/", oidc.sign_out_there, name="oidc-sign-out-there"),
    path(
        "logg-inn/oidc/<slug:provider>/utlogget/", oidc.frontchannel_logout, name="oidc-frontchannel-logout"
    ),
    path(
        "logg-inn/oidc/<slug:provider>/utlogget/bak/", oidc.backchannel_logout, name="oidc-backchannel-logout"
    ),
    path("glemt-passord/", invitations.forgotten, name="forgotten-password"),
    path("invitasjon/", invitations.invitation, name="invitation"),
    path("invitasjon/<str:token>/", invitations.link, name="invitation-link"),
    path("min-side/", me.my_page, name="my-page"),
    path("min-side/konto/", me.account_page, name="account"),
    path("min-side/helsefellesskap/", me.choose_community, name="choose-community"),
    path("min-side/passord/", me.change_password, name="change-password"),
    path("helsefellesskap/", communities.community_list, name="community-list"),
    path("helsefellesskap/<slug:slug>/", communities.community, name="community"),
    path("helsefellesskap/<slug:slug>/parter/", communities.new_party, name="new-party"),
    path("helsefellesskap/<slug:slug>/organer/", communities.new_body, name="new-body"),
    path("helsefellesskap/<slug:slug>/regioner/", communities.new_region, name="new-region"),
    path("helsefellesskap/<slug:slug>/folk/", people.new_member, name="new-member"),
    path("helsefellesskap/<slug:slug>/folk/<int:pk>/inviter/", people.invite_again, name="invite-again"),
    path("helsefellesskap/<slug:slug>/folk/<int:pk>/avslutt/", people.end_role, name="end-role"),
]
