"""Words of every day, of flowers, towns and months, that are names of people too."""

COMMON = frozenset(
    """
    rose rosa iris jasmine jasmin lily lys violet violette viola marguerite daisy olive oliva ivy
    heather hazel holly poppy fleur flora florence firenze paris lyon sydney vienna milan milano
    roma london victoria georgia carolina virginia alexandria jordan chelsea brooklyn austin dallas
    april may mai june july august augusta autumn summer winter dawn eve noel noelle pascal pascale
    grace faith hope joy charity patience prudence constance clemence honor merit mercy verity
    will mark bill jack nick pat rob sue art dean dale glen cliff rich frank earnest ernest grant
    miles page paige penny pearl perle ruby rubis amber ambre ambra jade gemma coral coralie opal
    crystal cristal diamond silver golden gold stone wood woods forest brook brooks river rivers
    lake hill hills field fields ford bridge church castle garden gardens park parks green brown
    black white grey gray blue blanc blanche blanca bianca bianco rossi rosso rouge roux brun bruna
    bruno noir nero bianchi verde vert bleu gelb roth weiss schwarz grun braun klein gross lang kurz
    jung alt neu neumann konig kaiser fischer muller schneider weber schmidt becker bauer koch
    richter wolf fuchs vogel adler stern sommer winter herbst morgen abend freitag sonntag samstag
    king queen prince knight bishop abbott pope page butler baker cook taylor smith mason miller
    carter cooper tailor weaver fisher hunter shepherd singer painter porter potter archer
    petit grand legrand leblanc lenoir leroux leroy roi reine comte duc marquis chevalier berger
    boulanger fontaine fontana laurent marine marin martin max reine reine sandy stella star celeste
    aurore aurora luna sol soleil lune ange angel angela angelo beau belle bella bonne bon bonnet
    valentine valentin clement clemens felix victor victoire prima primo secondo terza romeo franco
    donna alba serena letizia vittoria gioia bella dolce costanza speranza pace chiara massimo
    long short young old new best good better swift sharp bright moon day knight rain snow frost
    case page bond cash price mint berry cherry apple lemon ginger olive pepper salt sage basil
    said an so he man hand leather silk gold linen cotton wool laine soie cuir lin perle
    chance christian dior chloe hermes
    """.split()
)
