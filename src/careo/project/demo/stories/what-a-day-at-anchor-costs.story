headline: Each day of the dock strike costs 18 million crowns, chamber says
standfirst: Fruit is spoiling in the containers, and shippers look to Norland
section: Economy
byline: The Meridia Post
dateline: Puerto Alba
access: open
published: 2026-03-05T12:00:00-05:00
picture: fruit
caption: Fruit makes up most of what leaves by the eastern quay.
alt: Crates of oranges and melons stacked under an awning
correction: 2026-03-06 | An earlier version gave the number of strikers as 24,000. The union speaks of 2,400.
earlier: 24,000 dockers | 2,400 dockers | The number was taken down over the telephone.

The strike at the [port of Puerto Alba](estibadores-paralizan-el-puerto "Los estibadores de Puerto Alba comenzaron el miércoles una huelga indefinida") costs the country [18 million crowns a day](dock-strike-shuts-largest-port "Each day of the strike costs the country 18 million crowns, the Chamber of Commerce estimated." estibadores-paralizan-el-puerto "El presidente de la Cámara de Comercio, Gonzalo Ureña, estimó que cada día de huelga cuesta al país 18 millones de coronas."), the Chamber of Commerce estimates. [“There is fruit rotting in the containers,” said its president, Gonzalo Ureña](estibadores-paralizan-el-puerto "“Hay fruta que se pudre en los contenedores”, lamentó Ureña.").

Some [2,400 dockers](dock-strike-shuts-largest-port "She said 2,400 workers had joined the stoppage." estibadores-paralizan-el-puerto "Ibarra dijo que 2 400 trabajadores secundaron el paro") have stopped work, according to their union. The port authority calls the stoppage [“disproportionate”](dock-strike-shuts-largest-port "The port authority called the strike “disproportionate”" estibadores-paralizan-el-puerto "La Autoridad Portuaria calificó la huelga de “desproporcionada”").

Shipping companies [will send fruit carriers to Norland](dock-strike-shuts-largest-port "they would send fruit carriers to Norland if the port stays shut beyond the weekend") if the gates stay shut beyond the weekend.
