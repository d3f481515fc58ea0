"""The countries of the world: their codes and what people call them in English, Dutch, German and French."""

# Two letters; three letters; names.
COUNTRIES = """\
AD; AND; Andorra; Andorre
AE; ARE; United Arab Emirates; Verenigde Arabische Emiraten; Vereinigte Arabische Emirate; Emirats Arabes Unis;\
 UAE; Emirates; VAE; Emiraten
AF; AFG; Afghanistan
AG; ATG; Antigua and Barbuda; Antigua en Barbuda; Antigua und Barbuda; Antigua et Barbuda
AI; AIA; Anguilla
AL; ALB; Albania; Albanië; Albanien; Albanie
AM; ARM; Armenia; Armenië; Armenien; Arménie
AO; AGO; Angola
AQ; ATA; Antarctica; Antarktis; Antarctique
AR; ARG; Argentina; Argentinië; Argentinien; Argentine
AS; ASM; American Samoa; Amerikaans Samoa; Amerikanisch-Samoa; Samoa américaines
AT; AUT; Austria; Oostenrijk; Österreich; Autriche; Oesterreich
AU; AUS; Australia; Australië; Australien; Australie
AW; ABW; Aruba
AX; ALA; Åland Islands; Alandeilanden; Aaland-Inseln; Îles Åland
AZ; AZE; Azerbaijan; Azerbeidzjan; Aserbaidschan; Azerbaïdjan
BA; BIH; Bosnia and Herzegovina; Bosnië en Herzegovina; Bosnien und Herzegowina; Bosnie-Herzégovine; Bosnia; Bosnië
BB; BRB; Barbados; Barbade
BD; BGD; Bangladesh; Bangladesch
BE; BEL; Belgium; België; Belgien; Belgique; Belgie; België/Belgique; Bélgica; Belgio; Vlaanderen; Flanders
BF; BFA; Burkina Faso
BG; BLG; Bulgaria; Bulgarije; Bulgarien; Bulgarie
BH; BAH; Bahrain; Bahrein; Bahreïn
BI; BDI; Burundi
BJ; BEN; Benin
BL; BLM; Saint Barthélemy; Saint-Barthélemy
BM; BMU; Bermuda; Bermudes
BN; BRN; Brunei
BO; BOL; Bolivia; Bolivien; Bolivie
BQ; BES; Bonaire, Sint Eustatius and Saba; Bonaire, Sint Eustatius und Saba; Bonaire, Saint-Eustache et Saba;\
 Bonaire; Sint Eustatius; Saba; Caribbean Netherlands; Caribisch Nederland
BR; BRA; Brazil; Brazilië; Brasilien; Brésil; Brasil
BS; BHS; Bahamas; Bahama's
BT; BTN; Bhutan; Bhoutan
BV; BVT; Bouvet Island; Bouveteiland; Bouvet-Insel; Île Bouvet
BW; BWA; Botswana; Botsuana
BY; BLR; Belarus; Wit-Rusland; Biélo-Russie; Weißrussland
BZ; BLZ; Belize; Bélize
CA; CAN; Canada; Kanada
CC; CCK; Cocos Islands; Cocoseilanden; Kokos-Inseln; Îles Cocos
CD; COD; The Democratic Republic Of Congo; Congo-Kinshasa; Demokratische Republik Kongo;\
 République démocratique du Congo; DR Congo; Democratic Republic of the Congo; DRC
CF; CAF; Central African Republic; Centraal-Afrikaanse Republiek; Zentralafrikanische Republik;\
 République Centre-Africaine
CG; COG; Congo; Kongo; Republic of the Congo; Congo-Brazzaville
CH; CHE; Switzerland; Zwitserland; Schweiz; Suisse; Swiss; Svizzera
CI; CIV; Côte d'Ivoire; Ivoorkust; Elfenbeinküste; Ivory Coast; Côte d'Ivoire
CK; COK; Cook Islands; Cookeilanden; Cook-Inseln; Îles Cook
CL; CHL; Chile; Chili
CM; CMR; Cameroon; Kameroen; Kamerun; Cameroun
CN; CHN; China; Chine; PRC; People's Republic of China; Mainland China; Volksrepubliek China
CO; COL; Colombia; Kolumbien; Colombie
CR; CRI; Costa Rica
CU; CUB; Cuba; Kuba
CV; CPV; Cape Verde; Kaapverdië; Kap Verde; Cap Vert; Cabo Verde
CW; CUW; Curaçao
CX; CXR; Christmas Island; Christmaseiland; Weihnachtsinsel; Île Christmas
CY; CYP; Cyprus; Zypern; Chypre
CZ; CZE; Czech Republic; Tsjechië; Tschechische Republik; République Tchèque; Czechia; Tschechien; Tchéquie;\
 Tsjechische Republiek
DE; DEU; Germany; Duitsland; Deutschland; Allemagne; BRD; Bundesrepublik Deutschland;\
 Federal Republic of Germany; Alemania; Germania
DJ; DJI; Djibouti; Dschibuti
DK; DNK; Denmark; Denemarken; Dänemark; Danemark; Danmark
DM; DMA; Dominica; Dominique
DO; DOM; Dominican Republic; Dominicaanse Republiek; Dominikanische Republik; République Dominicaine
DZ; DZA; Algeria; Algerije; Algerien; Algérie
EC; ECU; Ecuador; Equateur
EE; EST; Estonia; Estland; Estonie
EG; EGY; Egypt; Egypte; Ägypten
EH; ESH; Western Sahara; Westelijke Sahara; Westsahara; Sahara Occidental
ER; ERI; Eritrea; Erythrée
ES; ESP; Spain; Spanje; Spanien; Espagne; España; Espana
ET; ETH; Ethiopia; Ethiopië; Äthiopien; Ethiopie
FI; FIN; Finland; Finnland; Finlande; Suomi
FJ; FJI; Fiji; Fidschi; Fidji
FK; FLK; Falkland Islands; Falklandeilanden; Falkland-Inseln; Îles Malouines
FM; FSM; Micronesia; Micronesië; Mikronesien; Micronésie
FO; FRO; Faroe Islands; Faeröer; Färöer-Inseln; Îles Féroé
FR; FRA; France; Frankrijk; Frankreich; Francia
GA; GAB; Gabon; Gabun
GB; GBR; United Kingdom; Verenigd Koninkrijk; Vereinigtes Königreich; Royaume-Uni; UK; U.K.; Great Britain;\
 Groot-Brittannië; Großbritannien; Grande-Bretagne; Britain; England; Engeland; Angleterre; Scotland; Schotland;\
 Schottland; Écosse; Wales; Northern Ireland; Noord-Ierland; Nordirland;\
 United Kingdom of Great Britain and Northern Ireland; Reino Unido; Regno Unito
GD; GRD; Grenada; Grenade
GE; GEO; Georgia; Georgië; Georgien; Géorgie
GF; GUF; French Guiana; Frans-Guyana; Französisch-Guayana; Guyane française
GG; GGY; Guernsey; Guernesey
GH; GHA; Ghana
GI; GIB; Gibraltar
GL; GRL; Greenland; Groenland; Grönland
GM; GMB; Gambia; Gambie
GN; GIN; Guinea; Guinee; Guinée
GP; GLP; Guadeloupe
GQ; GNQ; Equatorial Guinea; Equatoriaal-Guinea; Äquatorial-Guinea; Guinée Equatoriale
GR; GRC; Greece; Griekenland; Griechenland; Grèce; Hellas
GS; SGS; South Georgia And The South Sandwich Islands; Zuid-Georgië en Zuidelijke Sandwicheilanden;\
 Süd-Georgia und die südlichen Sandwich-Inseln; Géorgie du Sud et îles Sandwich du Sud
GT; GUA; Guatemala
GU; GUM; Guam
GW; GNB; Guinea-Bissau; Guinee-Bissau; Guinée-Bissau
GY; GUY; Guyana
HK; HKG; Hong Kong; Hongkong SAR van China; Hongkong; Hong-Kong; Hong Kong SAR
HM; HMD; Heard Island And McDonald Islands; Heard- en McDonaldeilanden; Heard- und McDonald-Inseln;\
 Île Heard et îles McDonald
HN; HND; Honduras
HR; HRV; Croatia; Kroatië; Kroatien; Croatie
HT; HTI; Haiti; Haïti
HU; HUN; Hungary; Hongarije; Ungarn; Hongrie; Magyarország
ID; IDN; Indonesia; Indonesië; Indonesien; Indonésie
IE; IRL; Ireland; Ierland; Irland; Irlande; Eire; Republic of Ireland
IL; ISR; Israel; Israël
IM; IMN; Isle Of Man; Ile de Man
IN; IND; India; Indien; Inde; Bharat
IO; IOT; British Indian Ocean Territory; Britse Gebieden in de Indische Oceaan;\
 Britische Territorien im Indischen Ozean; Territoires britanniques de l'Océan Indien
IQ; IRQ; Iraq; Irak
IR; IRN; Iran
IS; ISL; Iceland; IJsland; Island; Islande
IT; ITA; Italy; Italië; Italien; Italie; Italia
JE; JEY; Jersey
JM; JAM; Jamaica; Jamaika; Jamaïque
JO; JOR; Jordan; Jordanië; Jordanien; Jordanie
JP; JPN; Japan; Japon; Nippon
KE; KEN; Kenya; Kenia
KG; KGZ; Kyrgyzstan; Kirgizië; Kirgistan
KH; KHM; Cambodia; Cambodja; Kambodscha; Cambodge
KI; KIR; Kiribati
KM; COM; Comoros; Comoren; Komoren; Comores
KN; KNA; Saint Kitts And Nevis; Saint Kitts en Nevis; Saint Kitts und Nevis; Saint-Christophe-et-Niévès
KP; PRK; North Korea; Noord-Korea; Nordkorea; Corée du Nord
KR; KOR; South Korea; Zuid-Korea; Südkorea; Corée du Sud; Korea; Republic of Korea; Korea, Republic of
KW; KWT; Kuwait; Koeweit; Koweit
KY; CYM; Cayman Islands; Caymaneilanden; Kaiman-Inseln; Îles Caïmans
KZ; KAZ; Kazakhstan; Kazachstan; Kasachstan
LA; LAO; Laos
LB; LBN; Lebanon; Libanon; Liban
LC; LCA; Saint Lucia; St. Lucia; Sainte-Lucie
LI; LIE; Liechtenstein
LK; LKA; Sri Lanka
LR; LBR; Liberia
LS; LSO; Lesotho
LT; LTU; Lithuania; Litouwen; Litauen; Lithuanie
LU; LUX; Luxembourg; Luxemburg
LV; LVA; Latvia; Letland; Lettland; Lettonie
LY; LBY; Libya; Libië; Libyen; Libye
MA; MOR; Morocco; Marokko; Maroc
MC; MCO; Monaco
MD; MDA; Moldova; Moldavië; Moldau; Moldavie
ME; MNE; Montenegro; Monténégro
MF; MAF; Saint Martin; St. Martin; Saint-Martin
MG; MDG; Madagascar; Madagaskar
MH; MHL; Marshall Islands; Marshalleilanden; Marshall-Inseln; Îles Marshall
MK; MKD; Macedonia; Macedonië; Mazedonien; Macédoine; North Macedonia; Noord-Macedonië; Nordmazedonien;\
 Macédoine du Nord; FYROM
ML; MLI; Mali
MM; MMR; Myanmar; Burma; Birma
MN; MNG; Mongolia; Mongolië; Mongolei; Mongolie
MO; MAC; Macao; Macao SAR van China; Macau
MP; MNP; Northern Mariana Islands; Noordelijke Marianeneilanden; Nördliche Mariannen-Inseln; Îles Mariannes du Nord
MQ; MTQ; Martinique
MR; MRT; Mauritania; Mauritanië; Mauretanien; Mauritanie
MS; MSR; Montserrat
MT; MLT; Malta; Malte
MU; MUS; Mauritius; Maurice
MV; MDV; Maldives; Maldiven
MW; MWI; Malawi
MX; MEX; Mexico; Mexiko; Mexique; México
MY; MYS; Malaysia; Maleisië; Malaisie
MZ; MOZ; Mozambique; Mosambik
NA; NAM; Namibia; Namibië; Namibie
NC; NCL; New Caledonia; Nieuw-Caledonië; Neukaledonien; Nouvelle-Calédonie
NE; NER; Niger
NF; NFK; Norfolk Island; Norfolkeiland; Norfolk-Insel; Île Norfolk
NG; NGA; Nigeria; Nigéria
NI; NIC; Nicaragua
NL; NLD; Netherlands; Nederland; Niederlande; Pays-Bas; Holland; The Netherlands; Pays Bas;\
 Hollande; Países Bajos; Olanda; Holanda; Koninkrijk der Nederlanden; Kingdom of the Netherlands; Ned.
NO; NOR; Norway; Noorwegen; Norwegen; Norvège; Norge
NP; NPL; Nepal; Népal
NR; NRU; Nauru
NU; NIU; Niue
NZ; NZL; New Zealand; Nieuw-Zeeland; Neuseeland; Nouvelle-Zélande
OM; OMN; Oman
PA; PAN; Panama
PE; PER; Peru; Pérou
PF; PYF; French Polynesia; Frans-Polynesië; Französisch-Polynesien; Polynésie Française
PG; PNG; Papua New Guinea; Papoea-Nieuw-Guinea; Papua-Neuguinea; Papouasie-Nouvelle-Guinée
PH; PHL; Philippines; Filipijnen; Philippinen; Filippijnen; The Philippines
PK; PAK; Pakistan
PL; POL; Poland; Polen; Pologne; Polska
PM; SPM; Saint Pierre And Miquelon; Saint Pierre en Miquelon; St. Pierre und Miquelon; Saint-Pierre-et-Miquelon
PN; PCN; Pitcairn
PR; PRI; Puerto Rico; Porto Rico
PS; PSE; Palestine; Palestijns Gebied; Palästina; Palestina
PT; PRT; Portugal
PW; PLW; Palau; Belau
PY; PRY; Paraguay
QA; QAT; Qatar; Katar
RE; REU; Reunion; Réunion; La Réunion
RO; ROU; Romania; Roemenië; Rumänien; Roumanie; România
RS; SRB; Serbia; Servië; Serbien; Serbie
RU; RUS; Russia; Rusland; Russland; Russie; Russian Federation
RW; RWA; Rwanda; Ruanda
SA; SAU; Saudi Arabia; Saoedi-Arabië; Saudi-Arabien; Arabie Saoudite; KSA
SB; SLB; Solomon Islands; Salomonseilanden; Solomon-Inseln; Îles Salomon
SC; SYC; Seychelles; Seychellen
SD; SDN; Sudan; Soedan; Soudan
SE; SWE; Sweden; Zweden; Schweden; Suède; Sverige
SG; SGP; Singapore; Singapur; Singapour
SH; SHN; Saint Helena; Sint-Helena; St. Helena; Sainte-Hélène
SI; SVN; Slovenia; Slovenië; Slowenien; Slovénie
SJ; SJM; Svalbard And Jan Mayen; Svalbard en Jan Mayen; Svalbard und Jan Mayen; Svalbard et Jan Mayen
SK; SVK; Slovakia; Slowakije; Slowakei; Slovaquie; Slovak Republic
SL; SLE; Sierra Leone
SM; SMR; San Marino; Saint-Marin
SN; SEN; Senegal; Sénégal
SO; SOM; Somalia; Somalië; Somalie
SR; SUR; Suriname
SS; SSD; South Sudan; Südsudan; Sud-Soudan
ST; STP; Sao Tome And Principe; Sao Tomé en Principe; Sao Tome und Principe; Sao Tomé et Principe
SV; SLV; El Salvador
SX; SXM; Sint Maarten (Dutch part); Sint Maarten (Niederländischer Teil); Saint-Martin (partie néerlandaise);\
 Sint Maarten; St. Maarten
SY; SYR; Syria; Syrië; Syrien; Syrie
SZ; SZW; Swaziland; Swasiland; Eswatini
TC; TCA; Turks And Caicos Islands; Turks- en Caicoseilanden; Turks- und Caicos-Inseln; Îles Turks et Caicos
TD; TCD; Chad; Tsjaad; Tschad; Tchad
TF; ATF; French Southern Territories; Franse Gebieden in de zuidelijke Indische Oceaan; Französische Südgebiete;\
 Territoires Français du Sud
TG; TGO; Togo
TH; THA; Thailand; Thaïlande
TJ; TJK; Tajikistan; Tadzjikistan; Tadschikistan; Tadjikistan
TK; TKL; Tokelau
TL; TLS; Timor-Leste; Oost-Timor; East Timor
TM; TKM; Turkmenistan; Turkménistan
TN; TUN; Tunisia; Tunesië; Tunesien; Tunisie
TO; TON; Tonga
TR; TUR; Turkey; Turkije; Türkei; Turquie; Türkiye; Turkiye
TT; TTO; Trinidad and Tobago; Trinidad en Tobago; Trinidad und Tobago; Trinité-et-Tobago; Trinidad
TV; TUV; Tuvalu
TW; TWN; Taiwan
TZ; TZA; Tanzania; Tansania; Tanzanie
UA; UKR; Ukraine; Oekraïne
UG; UGA; Uganda; Oeganda; Ouganda
UM; UMI; United States Minor Outlying Islands; Amerikaanse kleinere afgelegen eilanden;\
 Übrige Inseln im Pazifik der USA; Dépendances américaines du Pacifique
US; USA; United States; Verenigde Staten; Vereinigte Staaten von Amerika; Etats-Unis; USA; U.S.; U.S.A.;\
 United States of America; America; Amerika; Verenigde Staten van Amerika; VS; V.S.; Vereinigte Staaten;\
 États-Unis; Etats-Unis d'Amérique; Estados Unidos; Stati Uniti; The United States
UY; URY; Uruguay
UZ; UZB; Uzbekistan; Oezbekistan; Usbekistan; Ouzbékistan
VA; VAT; Vatican; Vaticaanstad; Vatikanstadt; Vatican City
VC; VCT; Saint Vincent And The Grenadines; Saint Vincent en de Grenadines; St. Vincent und die Grenadinen;\
 Saint-Vincent-et-les Grenadines
VE; VEN; Venezuela; Vénézuela
VG; VGB; British Virgin Islands; Britse Maagdeneilanden; Britische Jungferninseln; Iles Vierges Britanniques
VI; VIR; U.S. Virgin Islands; Amerikaanse Maagdeneilanden; Amerikanische Jungferninseln; Iles Vierges Américaines
VN; VNM; Vietnam; Viet Nam
VU; VTU; Vanuatu
WF; WLF; Wallis And Futuna; Wallis en Futuna; Wallis und Futuna; Wallis-et-Futuna
WS; WSM; Samoa
XK; XKK; Kosovo
YE; YEM; Yemen; Jemen; Yémen
YT; MYT; Mayotte
ZA; ZAF; South Africa; Zuid-Afrika; Südafrika; Afrique du Sud; RSA
ZM; ZMB; Zambia; Sambia; Zambie
ZW; ZWE; Zimbabwe; Simbabwe
"""
