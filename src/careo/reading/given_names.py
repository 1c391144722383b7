"""Common given names in English and Spanish, by the pronoun they are usually spoken of with. Our own list, not complete.

They tell a person from a place or a firm, and "he" from "she"; a name that is in neither list is simply not known.
"""

from __future__ import annotations

from careo.reading.word_sets import word_set

MEN = word_set(
    "aaron abel abraham adam adolfo adrián adrian agustín al alan albert alberto aldo alejandro alex "
    "alexander alexis alfonso alfred alfredo alonso álvaro alvaro andrés andres andrew ángel angel "
    "anthony antonio ariel armando arnold arthur arturo augusto barack barry bartolomé ben benito "
    "benjamin benjamín bernard bernardo bernie bert bill billy bob bobby boris brad brandon brendan brett "
    "brian bruce bruno bryan camilo carl carlos césar cesar chad charles charlie chris christian "
    "christopher chuck clarence claudio colin corey cory craig cristian cristóbal curtis dale damián dan "
    "daniel darío darren dave david dean denis dennis derek desmond diego dick domingo don donald doug "
    "douglas duncan dwight earl ed eddie edgar edmundo eduardo edward edwin efraín elías eliseo elliot "
    "emiliano emilio emmanuel enrique eric erik ernest ernesto esteban eugene eugenio evan evo fabián "
    "federico felipe félix felix ferdinand fermín fernando fidel francis francisco frank franklin fred "
    "frederick gabriel garry gary gaspar gastón gavin geoffrey george gerald gerardo germán gerry "
    "gilberto glenn gonzalo gordon graham grant greg gregorio gregory guillermo gustavo guy harold harry "
    "héctor hector henry herbert hernán horacio howard hugh hugo humberto ian ignacio íñigo isaac isidro "
    "ismael iván ivan jack jacob jacobo jaime jake james jared jason javier jay jeb jeff jeffrey jeremy "
    "jerónimo jerry jesse jesús jim jimmy joaquín joe joel john johnny jon jonathan jordan jordi jorge "
    "josé jose joseph josep joshua josu juan julián julian julio julius justin karl keith ken kenneth "
    "kevin kirk kurt kyle lance larry laurence lawrence leandro lee leo leon león leonard leonardo leonel "
    "leopoldo lionel lindsey lorenzo louis lucas lucio luis luke luís manny manuel marc marcelo marco "
    "marcos mariano mario mark martín martin marvin mateo matías matt matthew maurice mauricio max "
    "maximiliano michael miguel mike milton mitch mitt moisés morgan nathan néstor neil newt nicholas "
    "nick nicolás nigel noah norman óscar octavio oliver omar oscar osvaldo owen pablo pascual pat "
    "patrick patricio paul pedro pep pepe pete peter phil philip pío rafael rahm ralph ramiro ramón rand "
    "randy raúl ray raymond reince rené rex ricardo richard rick rob robert roberto rod rodolfo rodrigo "
    "roger rogelio roland román ron ronald ross rubén rudy rudolph russell ryan salvador sam samuel "
    "santiago saúl scott sean sebastián sergio seth simon simón stanley stephen sterling steve steven "
    "stuart ted teodoro terry theodore thomas tim timothy toby todd tom tomás tony travis trevor tyler "
    "ulises vicente víctor victor vincent vladimir walter warren wayne wesley wilfredo will william "
    "wilson xavier zachary"
)
WOMEN = word_set(
    "abigail ada adela adriana agnes aída alba alejandra alexandra alice alicia alison allison amalia "
    "amanda amelia amy ana andrea ángela angela angelina anita ann anna anne annie antonia araceli arlene "
    "ashley aurora bárbara barbara beatrice beatriz becky belén bernarda bertha beth betty beverly blanca "
    "bonnie brenda bridget brooke candela cármen carmen carla carly carol carolina caroline carolyn "
    "catalina catherine cathy cecilia celia charlotte chelsea cheryl christina christine cindy clara "
    "claire claudia concepción connie consuelo cristina crystal cynthia dana daniela dawn deborah debbie "
    "delia denise diana diane dolores donna dora doris dorothy edith elaine eleanor elena elisa elise "
    "elizabeth ellen elvira emily emma encarnación erica erin esperanza estela esther eugenia eva evelyn "
    "fátima felicia fernanda flora florence frances francisca gabriela gail georgia geraldine gillian "
    "gina gladys gloria grace graciela guadalupe gwen hannah harriet heather heidi helen helena hilary "
    "hillary hope huma ida inés irene iris isabel isabella ivanka ivonne jackie jacqueline jan jane janet "
    "janice jean jeanne jennifer jenny jessica jill joan joanna jocelyn josefa josefina joy joyce juana "
    "juanita judith judy julia julie julieta june karen karina kate katherine kathleen kathy katie "
    "katrina kay kelly kellyanne kim kimberly kirsten kristen laura lauren laurie leonor leslie leticia "
    "lidia liliana lilia linda lisa liz lois lorena loretta lori lorraine louise lourdes lucía lucy luisa "
    "luz lydia lynn magdalena maggie manuela marcela marcia margaret margarita maría maria marian mariana "
    "maribel marie marilyn marina marisa marjorie marsha marta martha mary matilde maureen maya megan "
    "melania melissa mercedes meredith michelle mildred milagros miranda miriam molly mónica monica "
    "montserrat nancy naomi natalia natalie nicole nieves nina noelia nora norma nuria olga olivia paige "
    "paloma pam pamela patricia paula pauline peggy penny phyllis pilar priscilla rachel ramona raquel "
    "rebeca rebecca regina renee rita roberta robin rocío rosa rosalía rosario rose rosemary roxana ruth "
    "sabrina sally samantha sandra sara sarah sharon sheila shirley silvia sofía sonia sophia soledad "
    "stella stephanie sue susan susana suzanne sylvia tamara tammy tania tara teresa theresa tiffany tina "
    "tracy trinidad valeria valerie vanessa verónica veronica victoria viviana virginia vivian wanda "
    "wendy whitney ximena yolanda yvonne zoe zoila"
)
GIVEN = MEN | WOMEN
