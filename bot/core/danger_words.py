"""Words of acute danger as data: phrases by kind, in every language that people here write.

A phrase is a row of words as they are said. `a/b` is either word, `word~` any word that begins so,
`..` up to three words in between, `^` the start and `$` the end of the message. Case, accents,
punctuation, doubled letters and small typing errors of long words need no phrase of their own.
Ordinary concerns must not match: *de muziek is moordend*, *doodstil*, *dead tired*.
"""

LIFE = """
bel~/gebeld .. 112; 112 .. bel~/gebeld/call/alarm~; call~/dial/alarmnummer .. 112; ^ 112 $
dzwon~/zadzwon~ .. 112; call/bel/dzwon 911; een een twee; ^ help $; ^ help help; help me/mij $
help me/mij please/nu/hij/zij/ze/he/she/they/now/aub/snel/im/ik; ^ hulp $; ^ help snel
stuur .. politie/ambulance/hulp; send .. police/ambulance/help; ^ pomocy $; pomocy pomocy
^ ratunku; na pomoc; wezwijcie/wyslijcie .. policje/karetke/pogotowie; ^ hilfe $; hilfe hilfe
^ imdat; imdat $; ^ ajutor $; ajutor ajutor; допоможіть; рятуйте; النجدة; ساعدوني; الحقوني
acuut/direct gevaar; levensgevaar; in levensgevaar; ^ emergency $; an emergency; emergency now
medical emergency; life in danger; zagrozenie zycia; nood geval; noodgeval; spoedgeval
levensbedreigend~

er/hier is brand; ^ brand $; ^ brand brand; in brand; staat .. in brand; brand uitgebroken
uitslaande brand; woningbrand; huis/woning/keuken/flat/schuur/auto/dak/gordijn~ brandt; in de fik
in lichterlaaie; brand in/bij; vlammen uit; rook uit .. huis/woning/raam/dak/flat; er komt rook
brandt af; there is/s .. fire; there s a fire; theres a fire; ^ fire $; on fire; fire in/at
set .. on fire; house/kitchen/building/flat/roof is burning; burning down; smoke coming; pozar
pozaru; pozary; pozarze; pozarem; ogien
pali sie dom/mieszkanie/budynek/kuchnia/stodola/samochod/dach; ^ pali sie $; plonie
dom/mieszkanie sie pali; es brennt; feuer im; haus brennt; пожежа; пожар; горить будинок; yangin~
incendiu~; arde casa; حريق

gaslucht; gaslek~; gas lek; lek~ .. gas; ruik~ .. gas; gas .. ruik~; stinkt naar gas; koolmonoxide
gas leak; smell~ .. gas; leaking gas; carbon monoxide; czuc .. gaz~; gaz .. czuc; ulatnia sie gaz
wyciek gazu; zapach gazu; czad; gasgeruch; запах газу; gaz kokusu; miros de gaz

bewusteloos; bewustloos; buiten bewustzijn; niet bij bewustzijn; flauwgevallen; ademt niet
ademt .. niet meer; haalt geen adem; geen adem meer; krijg~ geen lucht; krijg~ geen adem; stikt
aan het stikken; ligt .. reageert niet; unconscious; not breathing; isn t breathing; isnt breathing
can t breathe; cant breathe; stopped breathing; passed out; choking; collapsed; nieprzytomn~
nie oddycha; zemdlal~; nie moge/moze oddychac; dusi sie; bewusstlos; atmet nicht; непритомн~
не дихає; bayildi; nefes almiyor; nefes alamiyor~; nu respira; inconstient~; overdosis; overdose~
overdosed; przedawkow~; uberdosis; przedawkowanie; supradoza; передозування; hartaanval~
hartinfarct; hartstilstand; beroerte; reanim~; pijn op de/mijn/zijn/haar borst; heart attack
cardiac arrest; having a stroke; had a stroke; chest pain~; zawal; udar mozgu; bol w klatce
herzinfarkt; інфаркт; kalp krizi; infarct

met een/zijn/haar mes; heeft .. mes; mes in; mes bij; een mes bij; zwaait .. mes; trekt .. mes
mes getrokken; met .. mes .. deur; met messen; neergestoken; gestoken
steekt .. mij/hem/haar/iemand/neer; steekpartij; pistool; vuurwapen~; wordt .. geschoten
aan het schieten; schiet met; schiet om zich heen; schiet op mij/mensen/hem/haar/ons
schieten op mensen; geschoten; schietpartij; geweer; met een bijl; hakbijl; machete; knife; stabbed
stabbing; has a gun; gun; shooting; was shot; been shot; shots fired; gunshot~; axe; weapon; nozem
z nozem; ma noz; nozownik; dzgn~; pchnal .. nozem; strzela; strzelaja; strzaly; postrzel~; z bronia
ma bron; pistolet~; siekier~; maczet~; mit .. messer; hat .. messer; messer; schusse; ніж; з ножем
стріля~; bicak~; silah~; cutit~; impusc~; سكين; مسدس

bloedt hevig/erg/heel/dood/leeg; bloedt .. hoofd; overal bloed; alles .. bloed; veel bloed
onder het bloed; bleeding; blood everywhere; lot of blood; covered in blood; krwawi~; duzo krwi
we krwi; pelno krwi; verdrinkt; aan het verdrinken; verdronken; in het water gevallen
in het kanaal; drowning; drowned; fell in the water/canal; topi sie; tonie; utopil~; wpadl~ do wody
ga~ .. vermoorden; wil~ .. vermoorden; vermoord~; doodmaken; dood te maken; maak je dood
maakt .. mij/me/ons dood; doodschieten; doodsteken; doodslaan; slaat .. dood
dood schieten/steken/slaan; doodgeslagen; doodgestoken; kill me/him/her/you/us/them/my/someone
will kill; going to kill; gonna kill; murdered; murdering; murderer; to murder
zabije mnie/cie/ja/go/nas/ich; zabic mnie/cie/ja/go/nas/ich; chce zabic; grozi .. zabije
grozi .. smiercia; morduje; zamordow~; zabil~; bringt mich um; umbringen; вбити мене; хоче вбити
oldurecek; beni oldur~; ma omoara; يقتلني; ligt .. dood; lijk gevonden; een lijk; dode man/vrouw
dead body; dead man/woman; body in; zwloki; trup

wordt ingebroken; inbreker~ in/binnen; in mijn huis .. inbreker; iemand in mijn huis/woning
man in mijn huis; burglar in; someone .. in my house/home; breaking in now; breaking into my
is breaking in; wlamuj~ sie; wlamywacz w; ktos jest w moim domu; trapt .. deur in
trappen .. deur in; deur ingetrapt; gevallen .. niet opstaan; gevallen .. niet meer opstaan
staat niet meer op; komt niet overeind; ligt op de grond; fallen .. can t get up
fell .. can t get up; fell .. cant get up; cant get up; upadl~ .. nie moze; lezy na ziemi
lezy na podlodze; nie moze wstac; lying on the ground/floor; ontvoer~; gijzel~; gegijzeld; kidnap~
porwal~; porwan~; entfuhr~; bom; bommelding; bomb; bomba; bombe; explosie; ontploff~; ontploft
explosion; exploded; wybuch~; eksploz~; explozie; вибух; patlama; vergiftig~
gif ingenomen/gedronken; poison~; otru~; trucizn~; aangereden; ernstig ongeluk; zwaargewond
zwaar gewond; hit by a car; badly hurt; seriously injured; potracil~; ciezko ranny/ranna
wypadek .. ranny; bevallen is begonnen; vliezen .. gebroken; water broke; baby .. blauw; baby ademt
rodze
"""

SUICIDE = """
wil .. dood; wilt .. dood; dood wil/wilt/willen; wou dat ik dood; was ik maar dood; liever dood
beter dood; ik ga dood maken; wil niet meer leven; wil niet langer leven; niet meer leven
wil niet meer verder; wildood; ikwildood; wil er niet meer zijn; wilt er niet meer zijn
geen zin meer in .. leven; leven .. geen zin meer; leven heeft geen zin; zelfmoord~; zelf moord~
zelfdoding; zelfmoort; suicid~; suiside; sucide~; suiciede; pleeg~ zelf~
eind/einde aan .. leven/maken; eind/einde aan maken; maak~ .. eind/einde aan
maakt er .. eind/einde aan; mezelf/mijzelf/zichzelf/zich/me ophang~
mezelf/mijzelf/zichzelf/zich verhang~; zich/zichzelf/mezelf .. opgehangen; heeft zich opgehangen
verhangen; opknopen; mezelf/mijzelf/zichzelf/zich .. iets aandoen
mezelf/mijzelf/zichzelf iets aan .. doen; mezelf/mijzelf van kant; mezelf/mijzelf/zichzelf doden
van kant maken; mezelf/mijzelf/zichzelf .. snijden; snijdt zich~; snij mezelf; polsen door~
pols~ .. gesneden; voor de trein; onder de trein; van het dak/balkon/viaduct; van de brug/flat
springt .. brug/dak/flat; springen .. brug/dak/flat; pillen geslikt/ingenomen; alle pillen
pot pillen; handvol pillen; beter af zonder mij; afscheidsbrief; bel~ .. 113; dood gaan wil
zie het niet meer zitten .. leven; ik stap eruit; want~ to die; wanna die; wanting to die
wish i was/were dead; better off dead; rather be dead; want~ to be dead
kill/killing/hang/hanging/shoot/cut/cutting/hurt/harm myself/himself/herself/themselves; kms
self harm~; end my/his/her/their/own life; ending my/his/her life; end it all
take/taking/took my/his/her own life; take/taking my life; don t want to live; dont want to live
doesn t want to live; doesnt want to live; no reason to live; not worth living
don t want to be here anymore; jump/jumping off; jump .. train/bridge; suicde~; took .. pills
swallowed .. pills; slit .. wrists; chce/chcialbym/chcialabym/chcialem umrzec; wole umrzec
chce .. nie zyc; nie chce .. zyc; nie chce mi sie zyc; zabic sie; zabije sie; sie zabic; sie zabije
samoboj~; odebrac sobie zycie; odbiore sobie zycie; skonczyc ze soba; skoncze ze soba
targn~ sie na zycie; powiesic sie; powiesze sie; sie powiesic; skoczyc z mostu/dachu/okna/balkonu
skocze z mostu/dachu/okna/balkonu; podciac/podetne .. zyly; tne sie; pociac sie; nie mam po co zyc
zycie nie ma sensu; lepiej beze mnie; rzucic sie pod pociag; pod pociag; polknal~ .. tabletki
list pozegnalny; skonczyc z zyciem; will sterben; mochte sterben; selbstmord~; suizid~
bring~ mich um; mich umbringen; nicht mehr leben; umzubringen; хочу померти; хоче померти; самогуб~
самоуб~; вбити себе; убить себя; хочу умереть; не хочу жити; не хочу жить; накласти на себе руки
olmek istiyor~; intihar~; kendimi oldur~; yasamak istemiyor~; vreau sa mor; sinucid~; sinucig~
ma omor; nu mai vreau sa traiesc; imi iau viata; اريد ان اموت; بدي موت; انتحار; الانتحار; اقتل نفسي
لا اريد ان اعيش
"""

CHILD = """
kindermishandel~; kind~/baby/dochter/zoon .. mishandel~; mishandel~ .. kind~/baby
slaat .. kind~/baby/dochter/zoon/zoontje/dochtertje; slaan .. kind~/baby
kind~/baby/dochter/zoon .. geslagen; kind~/baby .. opgesloten; kind~ .. misbruik~
misbruik~ .. kind~; kind/kinderen/baby .. alleen thuis; kind/kinderen/baby alleen gelaten
baby .. geschud; schudt .. baby; papa/mama/vader/moeder/stiefvader/stiefmoeder slaat/schopt
vader/moeder/papa/mama/oom/opa/stiefvader .. zit aan mij/me; aan mijn/zijn/haar kind gezeten
betast~; aangerand; aanrand~; seksueel misbruik~; kinderporno~; pedofiel~; incest; child~ abuse~
abus~ .. child~/kid~/baby; hits/hitting/beats/beating .. child~/kid/kids/son/daughter/baby
dad/mum/mom/father/mother/stepfather/stepdad hits/beats; child/children/kids/baby left alone
molest~; touches me; shakes/shaking .. baby; bije .. dziec~; bije .. syna/corke/niemowle
tata/mama/ojciec/matka/ojczym .. bije; krzywdz~ dziec~; dziec~ .. samo/same w domu
dziec~ .. bite/pobite/katowan~; pedofil~; katuje dziec~; molestuj~; schlagt .. kind~
kindesmissbrauch; б є дитину; бє дитину; cocugu dov~; bate copil~
"""

VIOLENCE = """
slaat/slaad/schopt/sloeg/slaan/schoppen mij/me/haar/hem/ons/mijn/zijn/elkaar
slaat .. vrouw/man/moeder/vader/vriendin/buurvrouw/oma/opa/vriend
hij/zij/ze slaat mij/me/haar/hem/weer; word/wordt/werd/ben .. geslagen; word/wordt .. geslagen
mij/me/haar geslagen; in elkaar geslagen; slaat .. in elkaar; mishandel~; mishandeling
huiselijk geweld; geweld thuis; partnergeweld; wurgt; gewurgd; probeert .. te wurgen; verkracht~
verkrachting; knijpt .. keel; grijpt .. keel; bij de keel; sluit mij/me/haar op
mag .. huis niet uit; houdt .. gevangen; opgesloten; gooit .. van de trap; duwt .. van de trap
aan het vechten; vechten op straat; vechtpartij; er wordt gevochten; ze vechten; eerwraak
eergerelateerd
hits/hit/hitting/beat/beats/beating/kicks/punch~/slap~/slaps/strangl~/choked/choking me/her/him/us
hits/beats .. wife/girlfriend/husband/mother/mum/mom; beating/beaten up; beat .. up
is hurting me/her; hurts me; rape; raped; rapes; rapist; raping; abuses me/her; abusive
domestic violence; domestic abuse; physical abuse; violent partner/husband/boyfriend
locked me/her in; won t let me out; wont let me out; fighting outside; they are fighting; big fight
attacked me; attacking; assault~; bije mnie/ja/go/zone/nas/matke/kobiete/sie
maz/partner/on/chlopak/sasiad .. bije; mnie bije; pobil~; pobicie; pobity/pobita; przemoc~; gwalt
gwalci; gwalcic; zgwalc~; dusi mnie/ja; kopie mnie/ja; zneca sie; znecal~ sie; katuje; bojka
uderzyl~ mnie/ja; zamknal mnie/ja; wiezi mnie; szarpie mnie; biją się; rzucil sie na mnie
schlagt mich/sie/seine; vergewaltig~; hausliche gewalt; б є мене; бє мене; насильств~; ґвалт~
згвалт~; beni dov~; kocam .. dov~; siddet; tecavuz; ma bate; violenta; ma loveste; viol; يضربني
اغتصاب; عنف
"""

BEHAVIOUR = """
psychose~; psychotisch~; in een psychose; doorgedraaid; draait door; door het lint
hoort .. stemmen; ziet dingen die er niet zijn; helemaal/erg/heel verward; totaal verward
verwarde man/vrouw/persoon; agressief .. verward; verward .. agressief; waanbeeld~; waanidee~
psychosis; psychotic; hears .. voices; hearing voices; hallucinat~; delusion~; manic episode
lost his/her mind; gone mad; psychoz~; slyszy glosy; ma urojenia; urojen~; halucyn~; omamy
oszalal~; psychotisch; stimmen horen; psihoza; психоз~; halusinasyon~
"""

_ORDINARY = """
stukken verhalen vervangen steken shouting psycho veerkracht verhagen opkopen downing downed
beroerde strzala machte machten violet stokken
"""
ORDINARY = frozenset(_ORDINARY.split())
"""Words one typing error away from a word above, that mean something ordinary."""

PHRASES = {
    "life": LIFE,
    "suicide": SUICIDE,
    "child": CHILD,
    "violence": VIOLENCE,
    "behaviour": BEHAVIOUR,
}
"""By the kind that a help number names."""
