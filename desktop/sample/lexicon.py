"""Single words, drawn one by one, so that the sample's texts hold about as much information as real
notes do.

Nouns begin with a consonant and adjectives have one form for both genders: no sentence needs more
grammar than that.
"""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MASCULINE_NOUNS = _words("""
bilan barème budget bulletin bureau cadre cahier calendrier canal carnet catalogue chantier chapitre chemin chiffrage
choix circuit classement club code collège colloque comité commentaire compromis compte concours conseil constat
contact contexte contrat contrôle convoi corpus courriel courrier cours critère curseur cycle débat découpage défi
délai dépliant déplacement dépôt désaccord dessin devis diagnostic dialogue diplôme discours document domaine dossier
double doute duo fascicule fichier film filtre financement flyer fonds forfait format formulaire forum foyer frein
gabarit geste glossaire graphique groupe guichet guide jalon journal jumelage jury kiosque label langage lexique lien
lieu local logiciel lot manuel marché maillage média mémo métier microphone modèle module montage motif musée panneau
panel parcours parrainage partage partenariat passage passeport patrimoine pavillon périmètre plafond plaidoyer
planning point portail porteur poste potentiel préavis principe procédé processus profil programme projet public
questionnaire quota quotidien rapport rappel recensement recoupement recueil référent refus regard registre règlement
relais rendu répertoire repère réseau résumé retard retour rôle rythme salon scénario schéma secteur séminaire service
seuil sigle signal site sommaire sondage soutien stand standard statut suivi support tableau tarif témoignage temps
terrain test texte thème tirage titre tournage transfert transport travail trimestre tutorat vadémécum verbatim verrou
visuel volet vote
""")
FEMININE_NOUNS = _words("""
balise bande banque base bibliothèque boîte borne bourse brochure campagne carte cartographie cause cellule charte
chronologie circulaire citation classe clause coalition cohorte collecte colonne commande commission communication
comparaison compétence conclusion condition conférence consigne consultation contrainte contribution convention
convocation coopération copie cotisation couverture crainte création culture date déclaration décision définition
délégation demande démarche dépense description destination difficulté diffusion discussion distance donnée durée
faille famille fermeture fiche filière flotte fonction formation formule frange fréquence garantie gestion gouvernance
grille journée lacune langue lecture lettre liaison liste livraison logique lutte maison maîtrise majorité manière
marge marque médiation méfiance mémoire mention mesure méthode mission mixité mobilité moitié motivation moyenne
navette négociation norme note notice nuance page parole part participation passerelle pause peine perception
performance permanence perspective peur phase photo pièce place plaquette plainte plateforme politique pondération
portée position pratique précaution préférence présence pression preuve prévention priorité prise procédure production
projection promesse proposition proximité publication question rampe rangée réaction réalité recette réception
recherche reconnaissance réduction référence réflexion règle régularité relance relation remarque remise rencontre
répartition réponse réserve résidence ressource restitution réunion révision revue routine rubrique saison salle
séance section semaine sensibilisation série session signature simulation situation solution sortie source stratégie
structure suite surprise synthèse table tâche tendance tension tentative thématique traduction trame transition
transmission tribune trousse validation valise variable vérification version vidéo vigilance visite vitrine voix zone
""")
ADJECTIVES = _words("""
utile rapide simple durable fragile stable rare précaire solidaire pratique lisible accessible visible possible
sensible difficile facile large mobile souple ferme juste honnête sobre riche calme vide propre moderne technique
juridique pédagogique numérique historique économique symbolique artistique scientifique spécifique périodique
systématique automatique thématique unique critique logique publicitaire communautaire volontaire bénévole temporaire
nécessaire complémentaire budgétaire scolaire sanitaire solitaire secondaire provisoire obligatoire préparatoire
exploratoire contradictoire rédhibitoire notoire favorable défavorable raisonnable comparable vérifiable réalisable
équitable mesurable négociable inévitable remarquable invisible compatible flexible réversible tangible crédible
fiable viable modeste mixte robuste triste vaste célèbre sévère sincère austère éphémère intermédiaire domestique
rustique chronique énergique dynamique fantastique laïque civique éthique tactique graphique acoustique électronique
informatique statistique sociologique chronologique géographique démographique méthodique commune interne externe
moindre propice tenace efficace double triple multiple
""")
VERBS = _words("""
accompagne affine ajoute alimente allège amorce analyse annonce anticipe appuie articule atténue bloque bouscule cadre
calcule capte centralise clarifie classe commente compare complète concerne conclut confirme conforte consolide
construit conteste contourne contredit corrige couvre croise date débloque décale décrit déplace dépose détaille
développe diffère diffuse documente double éclaire écoute élargit encadre engage enregistre enrichit équilibre
esquisse évalue évite explique facilite favorise ferme fixe fluidifie formalise freine garantit génère guide harmonise
héberge identifie illustre impose inclut inspire intègre interroge justifie laisse libère limite localise maintient
mesure mobilise modifie montre motive nourrit nuance observe occupe oriente partage permet pilote pondère porte
précède précise prépare prévoit priorise prolonge protège prouve questionne ralentit rappelle rapproche réclame
recense recoupe rectifie redéfinit réduit relance relaie relie remplace renforce renouvelle répartit reporte reprend
résume retarde réunit révèle sécurise simplifie soutient stabilise structure suit suspend teste traduit traite
transforme valorise vérifie
""")
ADVERBS = _words("""
rarement souvent parfois déjà ensuite désormais progressivement partout ailleurs localement vite lentement utilement
clairement fortement partiellement entièrement régulièrement ponctuellement discrètement davantage nettement aussitôt
prudemment collectivement séparément directement finalement surtout notamment pourtant toutefois mensuellement
gratuitement méthodiquement durablement facilement sérieusement visiblement probablement
""")
