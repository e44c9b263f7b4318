"""The screens of the errand "guide"."""

from collections.abc import Mapping
from typing import Any

from kiosk.flows.guide import states
from screens.gallery import Pictures

SCREENS: Mapping[type[Any], str] = {
    states.ChoosingTopic: "choosing_topic.ChoosingTopicScreen",
    states.ReadingMaterials: "reading_materials.ReadingMaterialsScreen",
    states.ReadingNotices: "reading_notices.ReadingNoticesScreen",
    states.ReadingTopic: "reading_topic.ReadingTopicScreen",
}
"""Every state of the errand and, as `module.Class` in screens.guide, its screen."""

PICTURES = Pictures("screens.guide", SCREENS)
