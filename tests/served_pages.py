"""The pages that are asked for without a browser and with one."""

from pathlib import Path

CLAIMS = Path(__file__).parents[1] / "claims" / "samarkand_2022.toml"
DYAD = "sender=CHN&target=RUS&at=2022-09-15"
PAGES = [
    "/",
    f"/assess?{DYAD}",
    "/evidence?sender=CHN&target=RUS&code=no_limits",
    f"/evidence?{DYAD}&dimension=words",
    "/map",
    "/map?sender=CHN&at=2022-09-15",
    "/coverage?sender=CHN&target=RUS&since=2022-08&until=2022-10",
    "/timeline?sender=CHN&target=RUS&at=2022-09-15T09:00",
    f"/silence?{DYAD}&code=ukraine",
    "/exposure?target=RUS",
    "/trade?sender=CHN&target=RUS&since=2022-01&until=2022-06",
    "/claims",
    "/claims?file=samarkand_2022.toml&only=01-no-limits",
    "/dimensions",
    "/sources",
]
