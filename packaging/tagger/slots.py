"""What stands in the slots of carrier sentences: towns, streets, schools, brands, quarters, bodies,
dates, hours, numbers."""

import random

PIECES = {
    "R": """Jean-Jaurès;Victor Hugo;Pasteur;de la République;du Général-de-Gaulle;des Lilas;de la Gare;Gambetta;Jules Ferry;
        Salengro;Roger-Salengro;de l'Église;du Moulin;Émile Zola;de Valenciennes;des Frères-Martin;Anatole France;
        du 8 Mai 1945;
        Louise-Michel;de Paris;des Acacias;Léo-Lagrange;Henri Barbusse;Saint-Martin;du Maréchal Leclerc;Jean Moulin;Voltaire;
        de la Paix;du Four;Pierre Curie;Marie Curie;Ambroise-Croizat;des Tilleuls;d'Avesnes;Ferrer;de Mons;
        Paul Vaillant-Couturier;
        des Capucines;Sadi Carnot;Arago;Lamartine;Franklin;du Marché aux Herbes;de la Croix;Edgar Quinet;
        Rosa-Parks;Simone Veil""",
    "S": """Jean-Jaurès;Jules-Ferry;Pierre-Curie;Joliot-Curie;Paul-Éluard;Jacques-Prévert;Marie-Curie;Louise-Michel;Pasteur;
        Victor-Hugo;Sainte-Anne;Saint-Joseph;Notre-Dame;Henri-Wallon;Antoine-Watteau;Jean-Moulin;Anne-Frank;Gustave-Eiffel;
        Jacques-Brel;Léonard-de-Vinci;du Centre;des Bois Blancs;de la Clouterie;André Malraux;Olympe-de-Gouges;Rosa Parks;
        Simone-Veil;Lucie-Aubrac;Gérard Philipe;Georges Brassens;Saint-Exupéry;Charles-Deulin;Eisen;du Hainaut;Coubertin""",
    "B": """Carrefour;Auchan;Leclerc;Lidl;Décathlon;Kiabi;Toyota;Orange;Basic-Fit;Amazon;Adecco;Manpower;La Poste;Crédit Agricole;
        Alstom;Renault;Randstad;Match;Boulanger;Foncia;Century 21;Cofidis;Nocibé;Action;Norauto;Onet;Elior;Keolis;Transdev;
        Le Macumba;Neworlds;Bel'Air;Titan;Sambre Net;Vivalto;Prestige Auto;La Sirène;Chez Momo;Le Central;Nettonor;Logivia;
        SIMAF;Valdev;Partenord;SIGH;Promocil;Maisons et Cités;Speedy;Fitness Park;Nord Interim;O'Tacos;MAIF;Crit;Synergie""",
    "Q": """Sous-le-Bois;Chasse Royale;Dutemple;Faubourg de Mons;Épinette;les Provinces françaises;Pont de Pierre;Douzies;
        Clos Saint-Roch;Résidence du Parc;les Présidents;Montplaisir;Faubourg de Lille;Saint-Waast;La Briquette;Beaujardin;
        Cité Pierre-Bérégovoy;le Nouveau Monde;l'Écluse;la Joliette;Maison blanche;Le Bleuse-Borne;Le Dolmen;Acacias;Centre""",
    "A": """CAF;mairie;préfecture;CPAM;MDPH;sous-préfecture;mission locale;PMI;CARSAT;DDETS;gendarmerie;maison des familles;
        médiathèque;Maison de l'emploi;Ligue des droits de l'homme;direction académique;régie de quartier;DSDEN;BPI;police""",
    "D": """12 mars;3 avril 2024;lundi dernier;14/02/2025;02/11;septembre;le 5;21 juin;15 janvier;1er juin;12.05.24;mardi 8;
        août 2023;
        fin octobre;28 février 2023;mi-mars;3/12/24;jeudi 14 novembre;l'an dernier;2022""",
    "H": "14h;9h30;16 h 45;8 heures;midi;10:15;17h00;11 h;18h15;13 heures",
    "T": """06 12 34 56 78;03.27.11.22.33;0712345678;+33 6 98 76 54 32;07-11-22-33-44;06.44.55.66.77;0327000000;
        06 98 76 54 32""",
    "N": """Deux;Trois;Quatre;Cinq;Six;Sept;Huit;Neuf;Dix;Onze;Douze;Treize;Quatorze;Quinze;Seize;Dix-sept;Dix-huit;Dix-neuf;
        Vingt;Vingt et un;Vingt-deux;Vingt-trois;Vingt-quatre;Vingt-cinq;Vingt-six;Vingt-sept;Vingt-huit;Vingt-neuf;Trente;
        Trente et un;Trente-deux;Trente-cinq;Trente-huit;Quarante;Quarante-deux;Quarante-sept;Cinquante;Cinquante-trois;
        Soixante;Soixante-dix;Soixante et onze;Quatre-vingts;Quatre-vingt-dix;Cent;Cent vingt;Deux cents;Mille;
        Une dizaine;Une vingtaine;Plusieurs;Quelques;Aucune;Certaines""",
    "I": """CAF;CCAS;PMI;MDPH;CPAM;ASE;RSA;AAH;SIAO;CADA;OFPRA;CNDA;OFII;DDETS;ARS;CIDFF;GRETA;AFPA;France Travail;Cap emploi;
        SPIP;MJC;SNCF;URSSAF;Carsat;UDAF;MSA;ADIL;FSL;DALO;Visale;CSS;AME;ARE;PCH;APA;CROUS;Parcoursup;Pronote;ULIS;SESSAD;
        CMPP;CMP;IME;ITEP;ESAT;EHPAD;Samu social;115;Restos;Secours populaire;Emmaüs;Croix-Rouge;Banque de France;PLIE;PJJ;
        SEGPA;RASED;REP;MNA;FLE;CAP;BAFA;CLSPD;CLSM;COPIL;COTECH;CESF;CISSS;SAVS;SAMSAH;UEROS;HAS;ANAH;Action Logement;
        Pass culture;Pass Sport;Garantie jeunes;mission locale;point justice;Maison France services;service civique;
        HLM;OPH;CHRS;CHU;CPH;HUDA;PRADA;DNA;ATD;DRE;PRE;CLAS;EVS;CLIC;AEMO;AED;TISF;AVS;AESH;ATSEM;CPE;IUT;BTS;DELF;VAE;
        CPF;ASS;APL;ALS;ALF;ANTS;CNI;SS;ARIPA;CRIP;JAF;JLD;TJ;CPH;BPI;DSDEN;LDH;LICRA;MRAP;CIMADE;DDD;UFC;CNAV;CNSA""",
    "M": """Diabète;Asthme;Épilepsie;Cancer;Drépanocytose;Dépression;Autisme;Hépatite;VIH;Parkinson;Alzheimer;Trisomie 21;
        Endométriose;Fibromyalgie;Sclérose en plaques;Obésité;Surdité;Dyslexie;Dyspraxie;TDAH;Lupus;Crohn;Lyme;Down;
        Mucoviscidose;Leucémie;Psoriasis;Eczéma;Tuberculose;Covid long;Burn-out;AVC;Lombalgie;Hernie discale;Phobie scolaire;
        Anorexie;Bégaiement;Cécité;Aphasie;Migraine;Thyroïde;Insuffisance rénale;Hypertension;Arthrose;Polyarthrite;Asperger""",
    "Y": """Noël;Pâques;la Toussaint;l'Aïd;le ramadan;Kippour;Hanoucca;Pessah;l'Ascension;la Pentecôte;l'Armistice;Norouz;
        Diwali;le Nouvel An;le Nouvel An chinois;Halloween;la Chandeleur;Mardi gras;la Fête des mères;la Fête des voisins;
        la Saint-Nicolas;la Saint-Jean;la Saint-Valentin;le carnaval;la ducasse;la braderie;l'Épiphanie;le Carême;Pourim;
        le Mouloud;Vesak;le Têt;la Fête de la musique;la rentrée;l'été;le printemps;l'hiver;les grandes vacances""",
    "J": "janvier;février;mars;avril;mai;juin;juillet;août;septembre;octobre;novembre;décembre",
    "G": """Algériens;Marocains;Tunisiens;Sénégalais;Maliens;Guinéens;Ivoiriens;Camerounais;Congolais;Comoriens;Malgaches;
        Turcs;Kurdes;Arméniens;Géorgiens;Tchétchènes;Ukrainiens;Ukrainiennes;Russes;Polonais;Polonaises;Roumains;Roumaines;
        Bulgares;Roms;Serbes;Albanais;Kosovars;Portugais;Italiens;Espagnols;Belges;Syriens;Syriennes;Irakiens;Iraniens;Afghans;
        Afghanes;Pakistanais;Indiens;Tamouls;Chinois;Vietnamiens;Cambodgiens;Érythréens;Éthiopiens;Soudanais;Somaliens;Haïtiens;
        Antillais;Réunionnais;Maghrébins;Africains;Asiatiques;Européens;Noirs;Arabes;Juifs;Musulmans;Chrétiens;Tsiganes;
        Manouches;Sahraouis;Berbères;Kabyles;Peuls;Soninkés;Bengalis;Colombiens;Brésiliens;Moldaves;Mongols""",
    "X": "3;12;27;34;41;58;19;7;62;45;2;8;24;118;203;16",
}
"""A choice a semicolon."""

CHOICES = {
    name: [" ".join(piece.split()) for piece in text.split(";")] for name, text in PIECES.items()
}

TOWNS = """Maubeuge;Valenciennes;Hautmont;Jeumont;Aulnoye-Aymeries;Louvroil;Ferrière-la-Grande;Feignies;Denain;Anzin;
    Condé-sur-l'Escaut;Fresnes;Raismes;Bruay;Onnaing;Marly;Saint-Saulve;Trith-Saint-Léger;Vieux-Condé;Quiévrechain;Lille;
    Roubaix;Tourcoing;Avesnes-sur-Helpe;Fourmies;Le Quesnoy;Bavay;Cambrai;Douai;Lens;Arras;Amiens;Paris;Lyon;Marseille;Mons;
    Charleroi;Bruxelles;Saint-Amand-les-Eaux;Aulnoy;Famars;Solesmes;Caudry;Dunkerque;Calais;Béthune;Saint-Denis;Reims"""
TOWN_CHOICES = [" ".join(piece.split()) for piece in TOWNS.split(";")]


_LETTERS = "ABCDEFGHIJLMNOPRSTUV"


def fill(slot: str, chance: random.Random, communes: list[str]) -> str:
    """Draw what stands in a slot that names nobody; towns are also drawn among all communes of
    France."""
    if slot == "V":
        return chance.choice(TOWN_CHOICES) if chance.random() < 0.55 else chance.choice(communes)
    if slot == "I" and chance.random() < 0.3:
        # Initialisms that no list holds: their shape alone tells them.
        return "".join(chance.choice(_LETTERS) for _each in range(chance.choice((3, 3, 4, 4, 5))))
    return chance.choice(CHOICES[slot])
