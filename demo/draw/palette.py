"""The colours of the house, and the colourways of its silks."""

from dataclasses import dataclass

PAPER, INK, SAFFRON = "#F6F1E7", "#1B1A17", "#C98A1B"
RIVER, MULBERRY, MIST = "#1F3B36", "#6B2139", "#D9D3C5"


def mix(a: str, b: str, share: float) -> str:
    """`share` of colour b in colour a, both `#RRGGBB`."""
    pairs = [(int(a[i : i + 2], 16), int(b[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(p + (q - p) * share):02X}" for p, q in pairs)


def lighter(colour: str, share: float) -> str:
    return mix(colour, "#FFFFFF", share)


def darker(colour: str, share: float) -> str:
    return mix(colour, "#14110D", share)


@dataclass(frozen=True)
class Colourway:
    """The inks of one printing: ground, outline, then five further screens."""

    ground: str
    line: str
    main: str
    second: str
    accent: str
    pale: str
    deep: str

    def inks(self) -> list[str]:
        return [self.ground, self.main, self.second, self.accent, self.pale, self.deep, self.line]


COLOURWAYS = {
    "encre-safran": Colourway("#1F2330", "#0F1118", "#8FA0A6", "#3E5A5C", "#D59A2A", "#F0E6CF", "#2C3444"),
    "riviere-brume": Colourway("#24453F", "#10211E", "#B9C4BD", "#5E8579", "#D9B45A", "#EFEBDD", "#18322D"),
    "mure-rosee": Colourway("#6B2139", "#2E0D18", "#D8A7A0", "#97485A", "#D8A24A", "#F3E3D8", "#4C1628"),
    "ciel-lave-ivoire": Colourway("#B9CFD6", "#2B3E4C", "#F6F0E0", "#7C9FAE", "#C7863A", "#FBF7EC", "#4F7185"),
    "roseau-tabac": Colourway("#C9B98A", "#3B2A18", "#F1E8CF", "#8B8B54", "#A8501F", "#FAF4E2", "#6F4E2A"),
    "minuit-lune": Colourway("#161C33", "#080B16", "#5C78A0", "#2F4A5E", "#E3C774", "#EFEAD8", "#232C4E"),
    "mure-or-pale": Colourway("#4A1730", "#1F0814", "#B06A83", "#6E3A4C", "#DDBB66", "#F4E7CF", "#641F40"),
    "vert-bouteille-soufre": Colourway("#12332B", "#06150F", "#5F9478", "#2C5C48", "#DCCB52", "#F1EDCB", "#1B463A"),
    "ardoise-nacre": Colourway("#4A525C", "#1D2228", "#A9B0B7", "#6C7781", "#E2C3B4", "#F6EFEA", "#363E48"),
    "ivoire-encre": Colourway("#F3ECD9", "#1F2330", "#7488A0", "#B5C0BF", "#C98A1B", "#FFFBF0", "#2C3A55"),
    "ciel-lave-brique": Colourway("#BFD3D6", "#28394A", "#6E94A5", "#F1EBDC", "#B04E2F", "#FBF6EA", "#3F6075"),
    "safran-indigo": Colourway("#D49A2C", "#1D2145", "#F0D48C", "#B0701A", "#2C3470", "#FBEFD2", "#30397A"),
    "nuit-argent": Colourway("#1A2036", "#0A0D1A", "#8F9BAD", "#47526B", "#C9CFD6", "#EEF0F0", "#252E4C"),
    "mousse-ivoire": Colourway("#F2EBD7", "#263018", "#6F8444", "#A3AE72", "#B98A2C", "#FDF9EC", "#3F5427"),
    "rouille-rosee": Colourway("#F0D9CE", "#4A1F12", "#B4572C", "#D48F6C", "#6B2139", "#FBF1EA", "#7E351A"),
    "encre-vert-de-gris": Colourway("#1E2430", "#0D1017", "#6FA596", "#3C6E66", "#D0A24A", "#E8EEDF", "#2A4450"),
    "tilleul-mure": Colourway("#D8DCA4", "#3A1424", "#8C9A4A", "#B7BF76", "#7C2A48", "#F6F5DD", "#5E6E2C"),
    "mure-feuille": Colourway("#5F1D35", "#260A15", "#88A05C", "#5D7A42", "#D9A23C", "#F1E8D0", "#43162A"),
    "feuille-mure": Colourway("#7F9660", "#1E2A14", "#4F6B3A", "#A9B983", "#5C1730", "#F0EDD2", "#35502A"),
    "ivoire-vert-riviere": Colourway("#F3ECDA", "#16302B", "#33665A", "#86A797", "#C98A1B", "#FDF9EE", "#1F3B36"),
    "ivoire-baie": Colourway("#F3ECDA", "#33121F", "#7C9060", "#A9B58A", "#8E2340", "#FDF9EE", "#5B1830"),
    "safran-encre": Colourway("#D39A2E", "#22180C", "#8A5A14", "#E6BC63", "#2A2A36", "#FAEBC6", "#5F3C0E"),
    "rosee-brique": Colourway("#EFD5CB", "#4A1C12", "#A8492E", "#CF8E78", "#3E5A5C", "#FBEFE8", "#7A2F1C"),
    "ivoire-indigo": Colourway("#F3ECDA", "#1C2148", "#2E3878", "#8F97C0", "#C98A1B", "#FDF9EE", "#232A5E"),
    "mure-lin": Colourway("#6B2139", "#2A0D17", "#D9CBB0", "#A3707A", "#C98A1B", "#F2EADA", "#4A1628"),
    "riviere-soufre": Colourway("#1F4A44", "#0C201D", "#7FA89A", "#3B6F65", "#D8C64E", "#EFEFD8", "#173833"),
    "riviere-safran": Colourway("#1F3B36", "#0B1917", "#7C9C90", "#3F665D", "#D59A2A", "#EFE9D6", "#162C28"),
    "brique-rosee": Colourway("#A5482E", "#3D140B", "#EBC3B0", "#C97B60", "#F0D9B0", "#FBEDE2", "#7C3320"),
    "brume-encre": Colourway("#D5D6D0", "#1F2330", "#8B9AA0", "#B4BDBC", "#C98A1B", "#F6F4EC", "#46546A"),
    "tabac-safran": Colourway("#6B4A2B", "#27180B", "#C9AD82", "#8F6A40", "#DDA033", "#F3E7CF", "#4C331C"),
    "riviere-roseau": Colourway("#2A5048", "#10241F", "#C2BF92", "#6D8A68", "#D9B866", "#F0ECD4", "#1C3A34"),
    "neige-sapin": Colourway("#F1F0EA", "#20332D", "#B9C3C0", "#DCDFDA", "#B98A3C", "#FFFFFF", "#35554B"),
    "ardoise-givre": Colourway("#5E6A75", "#1E252C", "#A7B4BC", "#7B8892", "#D9B37A", "#F3F6F6", "#414B55"),
    "aube-baie": Colourway("#F0DDD3", "#4A1A28", "#D9B4A8", "#E8C9BC", "#8E2B42", "#FFF8F3", "#8A5A5E"),
    "cent-couleurs-ivoire": Colourway("#F4EDDB", "#1F2330", "#B04E2F", "#3B6F65", "#C98A1B", "#FFFBF0", "#2E3878"),
    "encre-fil-dor": Colourway("#1C202B", "#0B0D13", "#C99A3A", "#8E6C2A", "#E6C56E", "#F2E2B2", "#5A4A2A"),
    "mure-cendre": Colourway("#5F1D35", "#260A15", "#B9AEA8", "#8C7A7C", "#D9A23C", "#EDE6DF", "#7E4A5A"),
    "eau-sel": Colourway("#DCE7E4", "#24444A", "#6FA3A8", "#A5C6C6", "#C98A1B", "#FFFFFF", "#3C737C"),
    "brume-mure": Colourway("#D5D3CE", "#3A1424", "#A88A94", "#BDB3B3", "#6B2139", "#F6F3EE", "#7C4A5A"),
    "sel": Colourway("#F2EFE6", "#4A463C", "#DAD5C6", "#E7E2D5", "#C98A1B", "#FFFFFF", "#B6AF9C"),
    "lin-ecru": Colourway("#DDCFB0", "#4A3D26", "#C3B28C", "#D0C09C", "#C98A1B", "#F3EAD5", "#9A875E"),
    "algue": Colourway("#7E8C6C", "#232B1C", "#5E6E50", "#96A283", "#D9B45A", "#E6E8D6", "#43523A"),
    "neige": Colourway("#F4F3EE", "#33383A", "#D5D8D5", "#E6E7E3", "#C98A1B", "#FFFFFF", "#A8AEAD"),
    "givre": Colourway("#C9D3D8", "#2C363C", "#A6B5BD", "#B8C5CB", "#C98A1B", "#F2F6F7", "#7A8B95"),
}

LEATHERS = {
    "tamaris": "#A8652F",
    "encre": "#2A2C36",
    "vert-riviere": "#2B5048",
    "mure": "#6B2139",
    "lin": "#CDB994",
    "ivoire": "#EFE6D2",
    "neige": "#E9E3D4",
    "tabac": "#6E4A2A",
    "algue": "#66745A",
}

METALS = {"brass": "#B98B3E", "silver": "#A9ADB1"}
