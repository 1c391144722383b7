headline: The night ferry is to return, but nobody agrees on when
standfirst: June, says the ambassador who signed for it; September with luck, says the yard that is building it
section: Neighbours
byline: The Meridia Post
dateline: Puerto Alba
access: open
published: 2026-03-07T09:30:00-05:00
picture: ferry
caption: An artist’s view of the ship on the night crossing to Harrowgate.
alt: A white ferry with lit windows crosses a dark, calm sea under stars

Norland and Meridia will [restore the night ferry between Harrowgate and Puerto Alba](night-ferry-to-return "Norland and Meridia will restore the night ferry between Harrowgate and Puerto Alba" recuperan-el-ferri-nocturno "firmaron este viernes un acuerdo para recuperar el ferri nocturno entre Puerto Alba y Harrowgate"), a line [closed in 2015 after a fire in which nobody was hurt](night-ferry-to-return "The line was closed in 2015 after a fire on the Estrella del Norte in which nobody was hurt.").

[“The ferry will sail again in June,” said Helen Marsh](night-ferry-to-return "“The ferry will sail again in June,” said Helen Marsh, Norland’s ambassador to Meridia" recuperan-el-ferri-nocturno "“El ferri volverá a navegar en junio”, dijo Helen Marsh"), Norland’s ambassador, at the signing on Friday. By evening the shipyard had answered. [“The ship will not be ready in June; in September, with luck,” said its director, Beltrán Oses](el-ferri-volvera-en-septiembre "“El barco no estará listo en junio; en septiembre, con suerte”, dijo Beltrán Oses, director de los astilleros."), since the engines [take five months](el-ferri-volvera-en-septiembre "faltan los motores, que se fabrican en el extranjero y tardan cinco meses") to come from abroad.

::: When will the ferry sail?
night-ferry-to-return "The ferry will sail again in June"
recuperan-el-ferri-nocturno "El ferri volverá a navegar en junio" = "The ferry will be sailing again in June"
el-ferri-volvera-en-septiembre "El barco no estará listo en junio" = "The ship will not be ready in June; in September, if we are lucky"
:::

What a crossing will cost is open too. Marsh promised a ticket [“no dearer than the bus and the bridge”](ferry-accord-leaves-fares-unsettled "a ticket would be “no dearer than the bus and the bridge,” which together cost about 65 crowns" night-ferry-to-return "it would be “no dearer than the bus and the bridge.”"), about 65 crowns together; Interior Minister Teresa Olmedo said only that it [would not exceed 80](ferry-accord-leaves-fares-unsettled "Interior Minister Teresa Olmedo said it would not exceed 80 crowns." recuperan-el-ferri-nocturno "Olmedo dijo que no superará las 80 coronas").

On the ship itself the tellings agree: [900 passengers, 200 cars, three crossings a week](night-ferry-to-return "the ship would carry 900 passengers and 200 cars and make three crossings a week" recuperan-el-ferri-nocturno "el barco llevará 900 pasajeros y 200 coches y hará tres viajes por semana").
