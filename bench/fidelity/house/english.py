"""The English documents."""

Parts = list[tuple]

HERON: Parts = [
    ("h", 1, "The Heron, from pond to press"),
    (
        "p",
        "Ottoline Vane drew the Heron in March 1934, over eleven days at the ponds of Pérouges. It "
        "rained on nine of them. She worked from a flat boat lent by a fish farmer, with her paper "
        "under an oilcloth, and came back to Lyon with a cold and forty-two sheets.[^1]",
    ),
    (
        "p",
        "The bird stands on its left leg with its back to the middle of the square and looks over "
        "its shoulder. Nothing is reflected: Adèle Sérance had the water taken out, because *a "
        "scarf is seen folded, and half a bird upside down is a spot*.",
    ),
    ("h", 2, "Nine colours, then twenty-four"),
    (
        "p",
        "The first sixty carrés were printed on 20 September 1934 in nine colours. Lucien Abadie "
        "brought the number to fifteen in 1952; all six of the new ones went into the water. The "
        "re-edition of 2024, for the motif's ninety years, has twenty-four, and took "
        "Agathe Monnier "
        "610 hours to separate.",
    ),
    (
        "table",
        [
            ["Year", "Colours", "Printer", "Carrés"],
            ["1934", "9", "Firm of the rue Basse", "60"],
            ["1952", "15", "Lucien Abadie", "240"],
            ["2024", "24", "Agathe Monnier", "900"],
        ],
    ),
    ("h", 3, "What the separations show"),
    (
        "p",
        "Each film carries one colour. Laid over one another on the light table they show how the "
        "grey of the wing is made: a cold grey below, a warm grey above, and between the two the "
        "silk itself, left bare in lines a third of a millimetre wide.",
    ),
    ("h", 2, "In the archive"),
    (
        "p",
        "The forty-two sheets, the correspondence with the fish farmer and one carré of the first "
        "printing are kept in drawer 17. The carré may be seen on request; it is never lent, since "
        "the saffron of its hem fades in any light stronger than 50 lux.",
    ),
    ("note", 1, "The weather is noted in the margin of each sheet, in pencil, with the hour."),
]

BLOCKS: Parts = [
    ("h", 1, "The fire of 11 March 1911"),
    (
        "p",
        "At a quarter past four in the morning the caretaker, Firmin Gallet, smelt varnish. The "
        "block room under the roof of 14, montée des Fileuses held two hundred and fifty wood "
        "blocks, most of them pear and some of them older than the house itself.",
    ),
    (
        "p",
        "He woke Adèle Sérance, who lived on the second floor, and the two of them carried down "
        "what they could. By the time the pump arrived from the place des Tapis, thirty-eight "
        "blocks stood in the snow of the courtyard. Two hundred and twelve were lost.",
    ),
    ("h", 2, "What was saved"),
    ("li", "eleven blocks of the Mûrier, cut in 1889 and 1890;"),
    ("li", "nine blocks of the Lisière border, registered in 1902;"),
    ("li", "eighteen blocks of flowers and ribbons that nobody has printed since."),
    (
        "p",
        "The saved blocks still bear the marks of that night: scorched corners, and on one of them "
        "the print of a boot. Conservation has stabilised the char, but has removed nothing.",
    ),
    ("h", 2, "What was learnt"),
    (
        "p",
        "The rebuilt atelier of 1912 has no varnish above the ground floor, a stair of stone, and "
        "a door at each end of every room. The rules that Adèle wrote that spring hang by the door "
        "of the block room to this day:",
    ),
    ("ol", 1, "No flame is carried above the first floor."),
    ("ol", 2, "Whoever leaves last feels the stove with the back of the hand."),
    ("ol", 3, "The blocks nearest the door are those we could not cut again."),
    (
        "p",
        "The third of them is why the archive is arranged as it is. Visitors often ask why the "
        "plainest blocks have the best place; the answer is that the man who could cut so plain a "
        "line so true died in 1908.",
    ),
]

PRICES: Parts = [
    ("h", 1, "Price list, spring 2025"),
    (
        "p",
        "Prices in euros, tax included, valid in the house's own shops from 3 March 2025. Repairs "
        "of gloves are free for life.",
    ),
    ("h", 2, "Silks"),
    (
        "table",
        [
            ["Reference", "Piece", "Size", "Price"],
            ["SO-1934-90", "Carré Héron", "90 x 90 cm", "390"],
            ["SO-1957-90", "Carré Jardin de nuit", "90 x 90 cm", "420"],
            ["SO-1937-70", "Carré Fougères", "70 x 70 cm", "290"],
            ["SO-1902-45", "Gavroche Lisière", "45 x 45 cm", "150"],
            ["SO-1934-140", "Châle Héron, silk and cashmere", "140 x 140 cm", "890"],
        ],
    ),
    ("h", 2, "Leather"),
    (
        "table",
        [
            ["Reference", "Piece", "Size", "Price"],
            ["MA-1926-24", "Relais 24", "24 x 18 x 9 cm", "2,150"],
            ["MA-1926-30", "Relais 30", "30 x 23 x 11 cm", "2,450"],
            ["MA-1926-38", "Relais 38", "38 x 28 x 14 cm", "2,900"],
            ["MA-1951-01", "Navette clutch", "27 x 14 x 4 cm", "1,250"],
        ],
    ),
    ("h", 2, "Services"),
    (
        "table",
        [
            ["Service", "From", "Time"],
            ["Bain de jouvence, cleaning and re-rolling of silk", "60", "4 weeks"],
            ["New edges on leather", "90", "6 weeks"],
            ["Engraving of the brass plate, three initials", "free", "10 days"],
        ],
    ),
    ("p", "The house does not hold sales. A piece that leaves the collection keeps its price."),
]

CARE: Parts = [
    ("h", 1, "How to look after your silk"),
    ("p", "A carré is made to be worn. These four pages say how to keep it long."),
    ("h", 2, "Washing"),
    ("h", 3, "Before you begin"),
    (
        "p",
        "Wet a corner of the hem and press it between two white cloths. If colour comes off, stop: "
        "the piece must be dry cleaned, or come to the Bain de jouvence.",
    ),
    ("h", 3, "By hand, in cool water"),
    ("ol", 1, "Fill a basin with cool water and a spoon of soap of neutral pH."),
    ("ol", 2, "Move the silk through the water for two minutes; **never wring it**."),
    ("ol", 3, "Rinse until the water stays clear, then roll it in a towel."),
    ("h", 2, "Ironing"),
    (
        "p",
        "Iron it inside out while it is still damp, at the setting for silk. Leave the hem alone: "
        "a rolled edge that has been pressed is flat for ever.",
    ),
    ("h", 2, "Keeping"),
    ("li", "Fold it along other lines each time."),
    ("li", "Keep it out of the sun and away from scent."),
    ("li", "Hang it only if it is dry."),
    (
        "p",
        "A stain is not a misfortune. Do not rub it; write on a card what it was and when, and "
        "send the piece to us. Yuki Tanabe has brought back silk from coffee, candle wax and, "
        "once, the Saône.",
    ),
]

NIGHT: Parts = [
    ("h", 1, "Night Garden"),
    (
        "p",
        "For seventeen nights, from 5 to 21 August 1957, Hélène Sérance and Lucien Abadie sat in "
        "the garden of the Clos Jaubert at Grasse with one lamp, whose glass they had "
        "painted blue. "
        "They drew what the lamp showed and nothing that it did not. Sixty-three sheets "
        "came of it, "
        "and forty colours, which Abadie cut to thirty-one because the table at Lyon was too short "
        "for more.",
    ),
    (
        "p",
        "Fourteen of the thirty-one are dark blues and greens that can hardly be told apart on "
        "paper. On twill they separate, because the weave throws back the light of each at its own "
        "angle. The ground is printed last, in the colour the workshop book calls *encre de nuit*, "
        "and closes over the edges of the leaves like water.",
    ),
    ("h", 2, "The first printing"),
    (
        "p",
        "One hundred and twenty carrés were printed in November 1957. Thirty-four were spoilt: a "
        "screen that had dried, a rail that had moved by half a millimetre, and on one afternoon "
        "the breath of eleven visitors, which changed the humidity of the room. Hélène kept the "
        "spoilt ones, cut them up and had the workshop sew them into the lining of the Fileuse of "
        "that winter, which is why some of those bags carry a garden inside.",
    ),
    ("h", 2, "The re-edition"),
    (
        "p",
        "The five hundred of 2021 were spread over four colourways and numbered in ink on the "
        "card. Noor Haddad spent her own nights in the same garden in August 2020, and composed "
        "the eau de parfum of that name from what she smelt there: damp stone, tuberose from the "
        "neighbour's field, and the warm metal of the lamp.",
    ),
    (
        "p",
        "No third printing is planned. The screens are kept, as all screens are, and Odile Ferrand "
        "has written down the order of the colours, with the reasons, in a notebook that the "
        "archive does not show.",
    ),
]

ANNUAL: Parts = [
    ("h", 1, "The year of the house, 2025"),
    ("h", 2, "People"),
    (
        "p",
        "Forty-seven people work in the house: twenty-one in Lyon, eleven at Millau, four at "
        "Grasse, six in Paris, three in Tokyo and two in London.",
    ),
    (
        "table",
        [
            ["Place", "Craft", "People", "Apprentices"],
            ["Lyon", "Printing", "9", "2"],
            [None, "Hand rolling", "7", "1"],
            [None, "Restoration and archive", "5", "0"],
            ["Millau", "Gloves", "6", "1"],
            [None, "Leather goods", "5", "1"],
            ["Grasse", "Scent", "4", "0"],
            ["Shops", "Paris, Tokyo, London", "11", "0"],
            ["Together", "<", "47", "5"],
        ],
    ),
    ("h", 2, "Materials"),
    (
        "p",
        "Twelve per cent of the silk came from the Cévennes in 2024, against four per cent in "
        "2016. The rest is Brazilian, and we say so on the label. The linen is grown and combed in "
        "Normandy; the hides of the *Tamaris* leather are tanned for forty days in oak and "
        "tamarisk bark.",
    ),
    ("h", 3, "Waste"),
    (
        "p",
        "Of every hundred metres of twill printed, ninety-one became carrés. Six were sold as test "
        "lengths to schools, and three went into the wadding of the Coussin Fougères.",
    ),
    ("h", 2, "Accounts in short"),
    (
        "table",
        [
            ["Thousands of euros", "2023", "2024", "2025"],
            ["Silks", "4,120", "4,385", "4,610"],
            ["Leather and gloves", "3,940", "4,015", "4,270"],
            ["Scent", "1,180", "1,260", "1,305"],
            ["House and jewellery", "640", "655", "702"],
            ["Services", "212", "240", "268"],
        ],
    ),
    ("p", "The house has no debt and no shareholder outside the family."),
]

RECORD: Parts = [
    (
        "turn",
        "Inès Carvalho",
        2.0,
        "We are in the glove workshop at Millau. Étienne, what is the first thing you do?",
    ),
    (
        "turn",
        "Étienne Roux",
        9.5,
        "I look at the skin. I hold it to the window, and I look for the neck. The neck "
        "is where it stretches least, so that is never a finger.",
    ),
    ("turn", "Inès Carvalho", 24.0, "And how long do you look?"),
    (
        "turn",
        "Étienne Roux",
        27.2,
        "Longer than I cut. Ten minutes to look, four to cut. My grandfather said: a skin "
        "has one mistake in it, find it before you make yours.",
    ),
    (
        "turn",
        "Salomé",
        41.0,
        "He told me that on my first day. 27 is my number; I stamp it in the thumb, where "
        "nobody sees it.",
    ),
    (
        "turn",
        "Étienne Roux",
        52.4,
        "Mine is 11. There is a pair from 1987 that came back last spring, and I knew the "
        "stamp before I knew the glove.",
    ),
    ("turn", "Inès Carvalho", 65.0, "They are re-stitched free of charge?"),
    (
        "turn",
        "Étienne Roux",
        68.1,
        "For life. Baptiste Sérance decided that in 1929. Hélène added in 1972: whoever "
        "is wearing them.",
    ),
]

PRESS: Parts = [
    ("h", 1, "Maison Sérance opens its restoration workshop to the public"),
    (
        "p",
        "**Lyon, 4 October 2018** - For the first time, clients may watch a carré being restored.",
    ),
    (
        "p",
        "The workshop is on the ground floor of 14, montée des Fileuses, where the drying "
        "room used "
        "to be. It has four tables, northern light and a tap of softened water. Yuki Tanabe, who "
        "trained in Kyoto, leads it.",
    ),
    ("h", 2, "A bath, and time"),
    (
        "p",
        "Most pieces come for the Bain de jouvence: cleaning, then re-rolling of the hem. It takes "
        "four weeks, because silk that has been wet must rest. \u201cPeople bring me a stain and "
        "apologise,\u201d she says. \u201cI tell them that the stain is the least of it. Somebody "
        "has ironed the hem.\u201d",
    ),
    ("fig", "Yuki Tanabe at the washing table. In front of her, a Carré Fougères of 1937."),
    ("h", 2, "Practical"),
    (
        "table",
        [
            ["Open", "Thursday and Friday, 14:00 to 17:00"],
            ["Groups", "six people at most"],
            ["Booking", "at the shop, or in writing to the archive"],
        ],
    ),
    (
        "p",
        "The house asks visitors to come without scent: the water is tested by nose before each "
        "bath.",
    ),
]
