headline: Minister orders water cuts; mayor says there will be none
standfirst: Those who run the capital’s water read the same reservoir differently
section: Politics
byline: The Meridia Post
dateline: Puerto Alba
access: open
published: 2026-03-04T11:00:00-05:00
picture: reservoir
caption: Las Garzas this week. The reservoir that feeds the capital holds less than a quarter of its water.
alt: A shrunken lake between cracked, ochre banks, a pale dam behind it

[Taps in Puerto Alba are to run dry for six hours a night from Monday](cortes-de-agua-desde-el-lunes "El ministro de Agua, Julián Barrera, anunció este martes que habrá cortes de agua de seis horas diarias en Puerto Alba a partir del lunes." meridia-ration-water-capital-monday "Meridia will cut off water in its capital for six hours a night from Monday"), Water Minister Julián Barrera has announced. [The mayor of the same city says that nothing of the kind will happen](quiroga-no-habra-cortes "El alcalde de Puerto Alba, Esteban Quiroga, desmintió este martes al ministro de Agua y aseguró que no habrá cortes en la capital.").

[“We have no other way out: Las Garzas is at 23 percent and no rain is expected until May,” Barrera said](meridia-ration-water-capital-monday "“We have no other way out: Las Garzas is at 23 percent and no rain is expected until May,” Barrera told reporters." cortes-de-agua-desde-el-lunes "“No nos queda otra salida: el embalse de Las Garzas está al 23 por ciento y no se esperan lluvias hasta mayo”, dijo Barrera") on Tuesday of the reservoir that feeds the capital. Cuts are to fall [at night, from ten until four in the morning](cortes-de-agua-desde-el-lunes "los cortes se harán de noche, de diez a cuatro de la madrugada"), and [hospitals and schools are to be spared](meridia-ration-water-capital-monday "hospitals and schools would not be affected").

Hours later Mayor Esteban Quiroga denied it. [“There will be no cuts in the capital,” he said](mayor-and-minister-at-odds-over-water "“There will be no cuts in the capital,” Esteban Quiroga said yesterday" quiroga-no-habra-cortes "“No habrá cortes en la capital. La ciudad tiene pozos propios y agua para todo el otoño”, declaró Quiroga"), adding that he [had heard of the plan on the radio](quiroga-no-habra-cortes "“Me enteré por la radio”, dijo").

::: Will there be cuts in the capital?
cortes-de-agua-desde-el-lunes "habrá cortes de agua de seis horas" = "that water will be cut for six hours a day in Puerto Alba from Monday"
quiroga-no-habra-cortes "No habrá cortes en la capital. La ciudad tiene pozos propios" = "There will be no cuts in the capital. The city has wells of its own, and water for the whole autumn"
mayor-and-minister-at-odds-over-water "The timetable will be published on Friday"
:::

## What the wells give

The city’s own wells yield [40,000 cubic metres a day](quiroga-no-habra-cortes "los pozos municipales dan 40 000 metros cúbicos de agua al día"), by the mayor’s account. The capital uses [about 95,000](mayor-and-minister-at-odds-over-water "Inés Calatrava, a hydrologist at the University of Puerto Alba, said the capital uses about 95,000 cubic metres a day."), according to Inés Calatrava, a hydrologist at the University of Puerto Alba. [“Whoever promises that wells will do has not done the sum,” she said](mayor-and-minister-at-odds-over-water "“Whoever promises that wells will do has not done the sum,” she said.").

February brought [4.7 millimetres of rain, the least since 1988](meridia-ration-water-capital-monday "Just 4.7 millimetres of rain fell on Puerto Alba in February, the least since 1988" cortes-de-agua-desde-el-lunes "en febrero cayeron 4,7 milímetros de lluvia en la capital, la cifra más baja desde 1988"). The government means to spend [120 million crowns](meridia-ration-water-capital-monday "the government would spend 120 million crowns on mending pipes that lose a third of the water they carry") on mending pipes that lose a third of what they carry.
