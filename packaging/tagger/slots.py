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


def fill(slot: str, chance: random.Random, communes: list[str]) -> str:
    """Draw what stands in a slot that names nobody; towns are also drawn among all communes of
    France."""
    if slot == "V":
        return chance.choice(TOWN_CHOICES) if chance.random() < 0.55 else chance.choice(communes)
    return chance.choice(CHOICES[slot])
