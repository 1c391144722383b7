"""Ordinary sentences of the news in both languages, written for this purpose, line by line the same in meaning.

Their mean vector is what the sentences of a language share apart from any subject; `centring` takes it off.
"""

from __future__ import annotations

ENGLISH = """\
Government presents budget for next year
Parliament passes law on public transport
Opposition calls for an inquiry into contracts
Minister resigns after criticism of his ministry
Candidates hold last debate before Sunday's election
President travels abroad to sign trade agreement
Mayor promises new homes for the poorest districts
Court sentences businessman to six years in prison
Police arrest three suspects after robbery at bank
Judge orders release of activist
Two dead and five injured in crash on motorway
Fire destroys warehouse in industrial estate
Earthquake shakes the coast, no victims reported
Heavy rain floods streets and leaves families homeless
Heat wave to last until the weekend, forecasters say
Drought threatens harvest in the south
Inflation slows for the third month in a row
Central bank raises interest rates again
Company announces the loss of hundreds of jobs
Unemployment falls to lowest level in ten years
Stock market closes higher after a volatile day
Oil prices rise on fears of shortage
Workers go on strike for better pay
Farmers block roads in protest at prices
Thousands march against violence in the capital
Hospital opens new unit for children
Health authorities report rise in infections
Vaccination campaign begins on Monday
Doctors warn of shortage of medicines
Schools to reopen after the holidays
University researchers discover a new species
Scientists measure record ice loss at the pole
Rocket launch postponed because of bad weather
Company unveils phone with better camera
Hackers attack computers of public service
Striker scores twice as champions win the final
Team loses at home and drops to third place
Swimmer wins gold medal and breaks record
Tennis player withdraws from tournament with injury
Coach leaves club after poor season
Actress receives prize for her latest film
Singer announces dates of world tour
Museum shows paintings that were thought lost
Writer dies at the age of ninety
Festival brings music back to the old town
Army reports fighting near the border
Peace talks resume after months of silence
Migrants rescued from boat off the island
Embassy advises citizens to leave the country
International organisation asks for help for refugees
We will not allow the rights of our citizens to be ignored, she said
He denied the accusations and said that he would appeal
The investigation continues and nothing has been ruled out, the spokesman said
It was a difficult decision, but there was no other way
The agreement is good for both countries and will create jobs
Residents complained that nobody had warned them
The figures are worrying, according to the report
I am very happy with the result, he told reporters
The measure will come into force in January, the ministry announced
Nobody was informed of the change, the union said
"""

SPANISH = """\
El Gobierno presenta el presupuesto del próximo año
El Parlamento aprueba la ley de transporte público
La oposición pide investigar los contratos
Renuncia el ministro tras las críticas a su cartera
Los candidatos celebran el último debate antes de las elecciones del domingo
El presidente viaja al extranjero para firmar un acuerdo comercial
El alcalde promete viviendas nuevas para los barrios más pobres
Un tribunal condena a seis años de cárcel a un empresario
La policía detiene a tres sospechosos tras el robo a un banco
Una jueza ordena la liberación de un activista
Dos muertos y cinco heridos en un choque en la autopista
Un incendio destruye una bodega en una zona industrial
Un sismo sacude la costa sin que se reporten víctimas
Las fuertes lluvias inundan calles y dejan a familias sin hogar
La ola de calor durará hasta el fin de semana, según los meteorólogos
La sequía amenaza la cosecha en el sur
La inflación se modera por tercer mes consecutivo
El banco central vuelve a subir las tasas de interés
La empresa anuncia la pérdida de cientos de empleos
El desempleo cae a su nivel más bajo en diez años
La bolsa cierra al alza tras una jornada volátil
Suben los precios del petróleo por temor a la escasez
Los trabajadores van a la huelga por mejores salarios
Agricultores bloquean carreteras en protesta por los precios
Miles de personas marchan contra la violencia en la capital
El hospital abre una nueva unidad infantil
Las autoridades sanitarias informan de un aumento de los contagios
La campaña de vacunación comienza el lunes
Los médicos advierten de la falta de medicamentos
Las escuelas reabrirán después de las vacaciones
Investigadores de la universidad descubren una nueva especie
Científicos miden una pérdida récord de hielo en el polo
Aplazan el lanzamiento de un cohete por el mal tiempo
La compañía presenta un teléfono con mejor cámara
Piratas informáticos atacan los ordenadores de un servicio público
El delantero marca dos goles y los campeones ganan la final
El equipo pierde en casa y cae al tercer puesto
La nadadora gana la medalla de oro y bate el récord
La tenista se retira del torneo por lesión
El entrenador deja el club tras una mala temporada
La actriz recibe un premio por su última película
El cantante anuncia las fechas de su gira mundial
El museo muestra cuadros que se creían perdidos
Muere el escritor a los noventa años
El festival devuelve la música al casco antiguo
El ejército informa de combates cerca de la frontera
Se reanudan las conversaciones de paz tras meses de silencio
Rescatan a migrantes de una embarcación frente a la isla
La embajada aconseja a sus ciudadanos abandonar el país
Una organización internacional pide ayuda para los refugiados
No permitiremos que se ignoren los derechos de nuestros ciudadanos, dijo
Negó las acusaciones y dijo que apelará
La investigación continúa y no se descarta nada, señaló el portavoz
Fue una decisión difícil, pero no había otro camino
El acuerdo es bueno para ambos países y creará empleos
Los vecinos se quejaron de que nadie les había avisado
Las cifras son preocupantes, según el informe
Estoy muy contento con el resultado, dijo a los periodistas
La medida entrará en vigor en enero, anunció el ministerio
Nadie fue informado del cambio, aseguró el sindicato
"""

ORDINARY: dict[str, tuple[str, ...]] = {
    "en": tuple(ENGLISH.splitlines()),
    "es": tuple(SPANISH.splitlines()),
}
