"""Which button of each family opens the cart, and which goes back, in our own bindings."""

MENU = {
    "knuckles": [("left", "b"), ("right", "b")],
    "oculus_touch": [("left", "y"), ("right", "b")],
    "hpmotioncontroller": [("left", "y"), ("right", "b")],
    "holographic_controller": [("left", "application_menu"), ("right", "application_menu")],
    "vive_controller": [("left", "application_menu")],
}
BACK = {
    "knuckles": [("left", "a"), ("right", "a")],
    "oculus_touch": [("left", "x"), ("right", "a")],
    "hpmotioncontroller": [("left", "x"), ("right", "a")],
    "holographic_controller": [("left", "trackpad"), ("right", "trackpad")],
    "vive_controller": [("right", "application_menu")],
}
