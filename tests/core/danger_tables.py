"""What people say in danger, by its kind, and what they say without it."""

from bot.core.danger import Danger

DANGEROUS = {
    Danger.LIFE: """
help
HELP!!!
heeeelp
h e l p
H.E.L.P
h3lp me
help me hij komt binnen
hulp
er is brand
Brand! Brand!
het huis van de buren staat in brand
de keuken brandt
ik ruik gas
er is een gaslek in de straat
mijn vrouw is bewusteloos
hij ademt niet meer
ze krijgt geen lucht
overdosis
hij heeft een overdozis genomen
de buurman heeft een mes
hij staat met een mes voor de deur
er wordt geschoten
mijn man heeft een hartaanval
overal ligt bloed, veel bloed
er wordt ingebroken bij de buren
hij gaat me vermoorden
ik maak je dood zegt hij
oma is gevallen en kan niet opstaan
niet 112 bellen
moet ik 112 bellen?
ik heb 112 gebeld
112
1 1 2
koolmonoxide
iemand is ontvoerd
er is iemand verdronken
there is a fire
the house is on fire
my neighbour is unconscious
she is not breathing
he can't breathe
he has a gun
someone stabbed him
there is blood everywhere
he is going to kill me
call 112
I smell gas
she is having a heart attack
overdose
pomocy!
ratunku
pali się dom
pożar w bloku
on nie oddycha
sąsiad jest nieprzytomny
on ma nóż
zabije mnie
czuć gaz na klatce
krwawi
przedawkował
Hilfe!
es brennt
допоможіть
пожежа
النجدة
yangın var
imdat
incendiu
ajutor
""",
    Danger.SUICIDE: """
ik wil dood
ik wil dooood
ik wil echt niet meer leven
i k w i l d o o d
ik wil d00d
ikwildood
zelfmoord
zelfmoort
zelfmoodr
ze denkt aan zelfmoordplannen
suicidaal
suïcidaal
ik maak er een eind aan
ik wil een einde aan mijn leven maken
ze wil voor de trein springen
hij staat op de brug en wil springen van de brug
ik heb alle pillen geslikt
ik wil er niet meer zijn
het leven heeft geen zin meer
mijn zoon wil zichzelf iets aandoen
iedereen is beter af zonder mij
I want to die
i wanna die
I want to kill myself
he is suicidal
she wants to end her life
I don't want to live anymore
he took a lot of pills
chcę umrzeć
chcę się zabić
on chce popełnić samobójstwo
nie chcę żyć
skończę ze sobą
powieszę się
nie chce mi się żyć
Selbstmord
ich will sterben
хочу померти
intihar
sinucidere
انتحار
""",
    Danger.VIOLENCE: """
hij slaat mij
mijn man slaat me
hij slaad mij
ze wordt elke dag geslagen
hij slaat zijn vrouw
de buurman mishandelt zijn vriendin
huiselijk geweld
ik ben verkracht
hij wurgt haar
er wordt gevochten op straat
vechtpartij voor de deur
ik zit opgesloten
he hits me
my husband beats me
he is hurting me
domestic violence next door
she was raped
they are fighting in the street
mąż mnie bije
on bije żonę
sąsiad bije kobietę
przemoc w domu
zgwałcił mnie
er schlägt mich
beni dövüyor
""",
    Danger.CHILD: """
de buurman slaat zijn kind
kindermishandeling
het kind wordt geslagen
er is een baby alleen thuis
mijn vader slaat mij
mama slaat
hij zit aan mij, mijn oom zit aan mij
seksueel misbruik
my dad hits me
child abuse
she beats her kids
the children left alone all night
tata mnie bije
bije dziecko
dziecko jest samo w domu
""",
    Danger.BEHAVIOUR: """
hij heeft een psychose
ze is helemaal doorgedraaid
hij hoort weer stemmen
she is psychotic
he hears voices
słyszy głosy
""",
}

HARMLESS = """
de muziek is moordend
het is hier doodstil
ik ben doodmoe
de plant is dood
wat een dooie boel
de klok slaat elk uur
het slaat nergens op
hij slaat met de deur
het dak lekt
de straatlantaarn brandt niet
de lamp brandt dag en nacht
vuurwerk in de straat
de brandtrap is geblokkeerd
hij stookt brandhout
het is een ramp met parkeren
de buurman boort op zondag
ik heb geen geld voor gas en licht
ze laat het gas aan staan
hij is vergeetachtig en verdwaalt
mijn buurvrouw is eenzaam
ik zoek hulp bij het invullen van een formulier
kan iemand mij helpen met de boodschappen
wie kan me helpen verhuizen
Dorpsstraat 112, Gemert
ik woon op nummer 112
de heg is te hoog
mijn man is overleden
zij zit alleen
er ligt veel rommel
de hond blaft de hele nacht
ik ben het zat
er hangen jongeren bij de bushalte
de kinderen spelen op straat
mijn kind kan niet slapen
de buren hebben ruzie
ze schreeuwen tegen elkaar
er zijn ratten in de tuin
hij drinkt elke dag bier
ik slaap slecht door het lawaai
het stinkt in het portiek
de verwarming doet het niet
dat verhaal klopt niet
er ligt glas in stukken
wij rapen afval in het park
mevrouw Verhagen is vaak buiten
het schiet niet op met de reparatie
zij hebben een bord opgehangen
wat een beroerde buurt
hij heeft veel veerkracht
I'm dead tired
the emergency exit is blocked
they are shouting at night
this noise is murder
the music is killing the mood
my phone is dead
I got fired from my job
the fireplace smokes
the dog barks all night
the neighbours shout a lot
he is hitting the wall with a hammer
can you help me with a form
I need help with my taxes
the street light is broken
my neighbour forgets everything
it is dead quiet here
the garden is a mess
he drinks too much beer
they party every weekend
rent is too high
I would die for some quiet
the room is burning hot in summer
jestem śmiertelnie zmęczona
muzyka gra całą noc
szukam pomocy przy formularzu
potrzebuję pomocy w zakupach
sąsiad hałasuje
pies szczeka
latarnia się nie pali
światło się pali całą noc
nie mam pieniędzy na gaz
jestem sama
w ogrodzie są szczury
sąsiadka zapomina o wszystkim
dzieci grają w piłkę
nie mogę spać
kłócą się codziennie
za głośno
schody są za strome
szukam mieszkania
organizacja pozarządowa
gwałtowny deszcz zalał piwnicę
"""
