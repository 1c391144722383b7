headline: In public, no police at the docks; in cabinet, “all the tools of the law”
standfirst: What Interior Minister Teresa Olmedo said on Thursday depends on who was listening
section: Politics
byline: The Meridia Post
dateline: Puerto Alba
access: subscribers
open_blocks: 2
published: 2026-03-06T08:00:00-05:00
picture: port
caption: Cranes stood still for a second day on Thursday.
alt: Three container cranes in silhouette over a harbour at dusk, ships waiting beyond the mole

The strike that has [left 31 ships at anchor](dock-strike-shuts-largest-port "leaving 31 ships at anchor" estibadores-paralizan-el-puerto "dejó parados 31 barcos frente a la costa") off [Puerto Alba](estibadores-paralizan-el-puerto "Los estibadores de Puerto Alba comenzaron el miércoles una huelga indefinida") will be settled by talking, Interior Minister Teresa Olmedo told reporters on Thursday. [“We will not send the police to the docks,” she said](minister-rules-out-police-at-struck-port "“We will not send the police to the docks. This is settled by talking,” Teresa Olmedo said today after a cabinet meeting." olmedo-no-enviaremos-a-la-policia "“No enviaremos a la policía a los muelles. Esto se arregla hablando”, dijo Olmedo").

[Two people who sat in the cabinet](interior-no-descarta-intervenir "La ministra del Interior, Teresa Olmedo, no descartó enviar a la policía al puerto, según dos personas que asistieron a la reunión del gabinete.") that morning recall another sentence. [“If there is no agreement on Friday, we will use all the tools of the law,”](interior-no-descarta-intervenir "“Si el viernes no hay acuerdo, usaremos todas las herramientas de la ley”, dijo Olmedo ante los demás ministros, según esas fuentes") she is said to have told her colleagues.

Her ministry denies it. [“The minister has said in public what she thinks,” a spokesman answered](interior-no-descarta-intervenir "“La ministra ha dicho en público lo que piensa”, respondió").

::: Will the police go to the docks?
olmedo-no-enviaremos-a-la-policia "No enviaremos a la policía a los muelles" = "We shall not send police to the docks. This will be settled by talking"
minister-rules-out-police-at-struck-port "We will not send the police to the docks"
interior-no-descarta-intervenir "usaremos todas las herramientas de la ley" = "If there is no agreement on Friday, we shall use every tool the law gives us"
:::

Government and union meet again [on Friday at nine](minister-rules-out-police-at-struck-port "the government and the union would meet again on Friday at nine" olmedo-no-enviaremos-a-la-policia "el Gobierno y el sindicato volverán a reunirse el viernes a las nueve"), after an antelucan vote at the gate on whether to stay out.

The dockers ask for [12 percent](dock-strike-shuts-largest-port "“We will not go back to the docks without a 12 percent rise,” said Rosa Ibarra" estibadores-paralizan-el-puerto "“No volveremos a los muelles sin un aumento del 12 por ciento”, advirtió Rosa Ibarra"); the port authority has [offered 5](dock-strike-shuts-largest-port "it had offered 5 percent"). Rosa Ibarra, who leads them, [welcomed the minister’s words](minister-rules-out-police-at-struck-port "“It is the first time that anyone in government has spoken to us as adults,” she said.") and in another paper said that her people would stay [“even if they come with truncheons”](interior-no-descarta-intervenir "el sindicato no abandonará los muelles “aunque vengan con porras”").
