"""Addresses of services, comparing areas, variation and boards, for `test_every_page`."""

PAGES: dict[str, tuple[object, ...]] = {
    "insight:indicator-embedded": ("share-80-plus",),
    "insight:services": ("ostfold",),
    "insight:services-csv": ("ostfold",),
    "insight:services-xlsx": ("ostfold",),
    "insight:municipality-services": ("ostfold", "3101"),
    "insight:municipality-services-csv": ("ostfold", "3101"),
    "insight:municipality-services-xlsx": ("ostfold", "3101"),
    "insight:compare-areas": (),
    "insight:compare-areas-csv": (),
    "insight:compare-areas-xlsx": (),
    "insight:variation": (),
    "insight:variation-csv": (),
    "insight:board-list": (),
}
ACTS: dict[str, tuple[object, ...]] = {
    "insight:make-board": (),
    "insight:rename-board": (1,),
    "insight:add-board-item": (1,),
    "insight:remove-board-item": (1,),
    "insight:put-back-board-item": (1,),
    "insight:order-board": (1,),
    "insight:share-board": (1,),
    "insight:open-board": (1,),
    "insight:archive-board": (1,),
    "insight:bring-back-board": (1,),
}
ELSEWHERE = {
    "insight:board": "test_boards",
    "insight:add-to-board": "test_boards",
}
