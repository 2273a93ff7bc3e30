"""Sentences as they stand in a house's archive, twenty of each language, long and short."""

SENTENCES = {
    "en": """
The heron was drawn in 1934 by Ottoline Vane, who watched it for a week before she began.
Wash it by hand in cool water and dry it flat in the shade.
Each clasp is closed by the same two people, every morning, before the doors open.
He never signed his sketches, and the ledger of that year is lost.
Made in our own workshop since 1921.
What would you wear with it in the evening?
The lining has been replaced twice, once by the house itself.
A scent of wet stone, iris and smoke.
She said that no silk had ever taken the blue so well.
There are three sizes, of which the smallest fits under an arm.
Do not wring the cloth, and never put it into a machine.
Press release for the autumn collection, to be published on 4 March.
It took them eleven weeks to find a leather that was soft enough.
The Solstice bag returns this spring in two new colours.
Our advisors will be glad to show you the piece in the boutique.
When the war ended, only one of the four looms was still standing.
Keep the bottle away from the light.
You may return it within thirty days if it has not been worn.
An interview with the perfumer, recorded at her home in Grasse.
Who was the first to print on both sides of the cloth?
""",
    "fr": """
Le héron fut dessiné en 1934 par Ottoline Vane, qui l’observa une semaine avant de commencer.
Lavez-le à la main dans une eau fraîche et séchez-le à plat, à l’ombre.
Chaque fermoir est fermé par les deux mêmes personnes, tous les matins, avant l’ouverture.
Il ne signait jamais ses dessins, et le registre de cette année est perdu.
Fabriqué dans notre propre atelier depuis 1921.
Que porteriez-vous avec ce foulard le soir ?
La doublure a été remplacée deux fois, dont une par la maison elle-même.
Une odeur de pierre mouillée, d’iris et de fumée.
Elle disait qu’aucune soie n’avait jamais si bien pris le bleu.
Il existe trois tailles, dont la plus petite se glisse sous le bras.
Ne tordez pas le tissu et ne le mettez jamais en machine.
Communiqué de presse de la collection d’automne, à publier le 4 mars.
Il leur fallut onze semaines pour trouver un cuir assez souple.
Le sac Solstice revient ce printemps dans deux nouvelles couleurs.
Nos conseillers seront heureux de vous montrer la pièce en boutique.
À la fin de la guerre, un seul des quatre métiers tenait encore debout.
Gardez le flacon à l’abri de la lumière.
Vous pouvez le rendre sous trente jours s’il n’a pas été porté.
Entretien avec la parfumeuse, enregistré chez elle à Grasse.
Qui fut le premier à imprimer les deux faces de l’étoffe ?
""",
    "it": """
L’airone fu disegnato nel 1934 da Ottoline Vane, che lo osservò una settimana prima di iniziare.
Lavatelo a mano in acqua fresca e asciugatelo in piano, all’ombra.
Ogni fermaglio viene chiuso dalle stesse due persone, ogni mattina, prima dell’apertura.
Non firmava mai i suoi schizzi, e il registro di quell’anno è andato perduto.
Prodotto nel nostro laboratorio dal 1921.
Che cosa indossereste la sera con questo foulard?
La fodera è stata sostituita due volte, una dalla casa stessa.
Un profumo di pietra bagnata, di iris e di fumo.
Diceva che nessuna seta aveva mai preso così bene il blu.
Esistono tre misure, di cui la più piccola sta sotto il braccio.
Non strizzate il tessuto e non mettetelo mai in lavatrice.
Comunicato stampa della collezione autunnale, da pubblicare il 4 marzo.
Ci vollero undici settimane per trovare una pelle abbastanza morbida.
La borsa Solstice torna questa primavera in due nuovi colori.
I nostri consulenti saranno lieti di mostrarvi il pezzo in boutique.
Alla fine della guerra solo uno dei quattro telai era ancora in piedi.
Tenete il flacone lontano dalla luce.
Potete restituirlo entro trenta giorni se non è stato indossato.
Intervista con la profumiera, registrata nella sua casa di Grasse.
Chi fu il primo a stampare la stoffa su entrambi i lati?
""",
    "de": """
Der Reiher wurde 1934 von Ottoline Vane gezeichnet, die ihn eine Woche lang beobachtet hatte.
Waschen Sie es von Hand in kühlem Wasser und trocknen Sie es flach im Schatten.
Jeder Verschluss wird jeden Morgen von denselben zwei Menschen geschlossen.
Er hat seine Skizzen nie unterschrieben, und das Kassenbuch jenes Jahres ist verloren.
Seit 1921 in unserer eigenen Werkstatt gefertigt.
Was würden Sie am Abend dazu tragen?
Das Futter ist zweimal ersetzt worden, einmal vom Haus selbst.
Ein Duft von nassem Stein, von Iris und Rauch.
Sie sagte, keine Seide habe das Blau je so gut angenommen.
Es gibt drei Größen, von denen die kleinste unter den Arm passt.
Wringen Sie den Stoff nicht aus und geben Sie ihn nie in die Maschine.
Pressemitteilung zur Herbstkollektion, zu veröffentlichen am 4. März.
Sie brauchten elf Wochen, um ein Leder zu finden, das weich genug war.
Die Tasche Solstice kommt in diesem Frühling in zwei neuen Farben zurück.
Unsere Berater zeigen Ihnen das Stück gern in der Boutique.
Als der Krieg zu Ende war, stand nur noch einer der vier Webstühle.
Bewahren Sie den Flakon vor Licht geschützt auf.
Sie können es innerhalb von dreißig Tagen zurückgeben, wenn es nicht getragen wurde.
Ein Gespräch mit der Parfümeurin, aufgenommen bei ihr zu Hause in Grasse.
Wer hat als Erster beide Seiten des Stoffes bedruckt?
""",
    "es": """
La garza fue dibujada en 1934 por Ottoline Vane, que la observó una semana antes de empezar.
Lávelo a mano en agua fría y séquelo en horizontal, a la sombra.
Cada cierre lo cierran las mismas dos personas, todas las mañanas, antes de abrir.
Nunca firmaba sus bocetos, y el registro de aquel año se ha perdido.
Hecho en nuestro propio taller desde 1921.
¿Qué se pondría usted con él por la noche?
El forro ha sido sustituido dos veces, una de ellas por la propia casa.
Un olor a piedra mojada, a iris y a humo.
Decía que ninguna seda había tomado jamás tan bien el azul.
Hay tres tamaños, de los cuales el más pequeño cabe bajo el brazo.
No retuerza la tela ni la meta nunca en la lavadora.
Comunicado de prensa de la colección de otoño, para publicar el 4 de marzo.
Tardaron once semanas en encontrar un cuero lo bastante suave.
El bolso Solstice vuelve esta primavera en dos nuevos colores.
Nuestros asesores le mostrarán la pieza con mucho gusto en la tienda.
Cuando terminó la guerra, solo uno de los cuatro telares seguía en pie.
Guarde el frasco lejos de la luz.
Puede devolverlo en un plazo de treinta días si no ha sido usado.
Entrevista con la perfumista, grabada en su casa de Grasse.
¿Quién fue el primero en estampar la tela por ambos lados?
""",
    "ja": """
鷺は1934年にオットリーヌ・ヴェインが一週間観察したのちに描いた。
冷たい水で手洗いし、日陰で平らに干してください。
留め具は毎朝、開店前に同じ二人が閉めます。
彼は下絵に署名をしたことがなく、その年の帳簿は失われている。
1921年より自社工房で製作。
夜にはこれに何を合わせますか。
裏地は二度取り替えられ、一度はメゾン自身の手による。
濡れた石、アイリス、煙の香り。
これほど青がよく染まった絹はないと彼女は言った。
三つのサイズがあり、最も小さいものは腕の下に収まる。
布を絞らず、洗濯機には決して入れないでください。
秋コレクションのプレスリリース、3月4日公開予定。
十分に柔らかい革を見つけるまでに十一週間かかった。
ソルスティスのバッグがこの春、新しい二色で戻ってきます。
ブティックのアドバイザーが喜んでご案内いたします。
戦争が終わったとき、四台の織機のうち一台だけが残っていた。
瓶は光の当たらない所に保管してください。
未着用であれば三十日以内に返品できます。
グラースの自宅で録音された調香師へのインタビュー。
布の両面に初めて刷ったのは誰か。
""",
}


def sentences() -> list[tuple[str, str]]:
    """(language, sentence)"""
    return [(name, line) for name, text in SENTENCES.items() for line in text.strip().split("\n")]
