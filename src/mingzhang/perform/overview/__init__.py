"""Overview 总览: one self-contained page a director would look at: money against results, what is at
risk, payments against the pace with the forecast. Inline SVG, no script, nothing from the network.

    overview_page(monitor(…)) -> str
"""

from mingzhang.perform.overview.page import overview_page, publish_overview

__all__ = ["overview_page", "publish_overview"]
