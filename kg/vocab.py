"""The terms of `ontology/kg.ttl` as constants, written by `ontology/make_vocab.py`: do not edit.

Takes nothing and gives `KG`, whose attributes are the IRIs of the terms, and the concepts of each
list by their notation. A misspelt term is an error for mypy, not a new IRI.
"""

from __future__ import annotations

from typing import Final

__all__ = ["KG", "MODES", "STATUSES"]


class KG:
    """IRIs of the terms; `KG.ns` is the namespace."""

    ns: Final = "https://w3id.org/conflict-kg/ns#"

    Accusation: Final = "https://w3id.org/conflict-kg/ns#Accusation"  # Somebody says that somebody did something; the accused is the target.
    Actor: Final = "https://w3id.org/conflict-kg/ns#Actor"  # An entity that can act: a person, a group, a state, an institution.
    Agreement: Final = "https://w3id.org/conflict-kg/ns#Agreement"  # A truce, treaty or deal is concluded.
    Aid: Final = "https://w3id.org/conflict-kg/ns#Aid"  # Help, money, arms or relief is given.
    Airstrike: Final = "https://w3id.org/conflict-kg/ns#Airstrike"  # Aircraft with a crew strike.
    Alleged: Final = "https://w3id.org/conflict-kg/ns#Alleged"  # Somebody says so, it is suspected, or it stands in the conditional.
    Appointment: Final = "https://w3id.org/conflict-kg/ns#Appointment"  # Somebody is appointed, or a government is formed.
    ArmedForce: Final = "https://w3id.org/conflict-kg/ns#ArmedForce"  # A regular force of a state: army, police, guard, or a part of one.
    ArmedGroup: Final = "https://w3id.org/conflict-kg/ns#ArmedGroup"  # An organised armed group that is no state's regular force.
    Arrest: Final = "https://w3id.org/conflict-kg/ns#Arrest"  # Somebody is arrested, detained or captured.
    Arson: Final = "https://w3id.org/conflict-kg/ns#Arson"  # Something is set on fire as an attack.
    Asserted: Final = "https://w3id.org/conflict-kg/ns#Asserted"  # The article itself tells it as true.
    Attack: Final = "https://w3id.org/conflict-kg/ns#Attack"  # One side uses armed force on somebody or something.
    AttackMode: Final = "https://w3id.org/conflict-kg/ns#AttackMode"  # The way an attack is made.
    AttackModes: Final = "https://w3id.org/conflict-kg/ns#AttackModes"  # The ways of attacking that the graph tells apart.
    BalloonAttack: Final = "https://w3id.org/conflict-kg/ns#BalloonAttack"  # Balloons carry fire or explosives.
    Bombing: Final = "https://w3id.org/conflict-kg/ns#Bombing"  # A planted bomb, a car bomb or a mine explodes.
    ClaimOfResponsibility: Final = "https://w3id.org/conflict-kg/ns#ClaimOfResponsibility"  # Somebody says that they did it.
    Clash: Final = "https://w3id.org/conflict-kg/ns#Clash"  # Two sides fight each other; both are agents.
    Coalition: Final = "https://w3id.org/conflict-kg/ns#Coalition"  # Several groups, parties or states acting together under one name.
    Condemnation: Final = "https://w3id.org/conflict-kg/ns#Condemnation"  # Somebody condemns something or somebody.
    Coup: Final = "https://w3id.org/conflict-kg/ns#Coup"  # Power is taken, or tried to be taken, against the constitution.
    CyberAttack: Final = "https://w3id.org/conflict-kg/ns#CyberAttack"  # Computers are attacked.
    Demand: Final = "https://w3id.org/conflict-kg/ns#Demand"  # Somebody asks, calls or appeals for something.
    Denial: Final = "https://w3id.org/conflict-kg/ns#Denial"  # Somebody says that it is not so.
    Denied: Final = "https://w3id.org/conflict-kg/ns#Denied"  # Somebody says that it is not so.
    Deployment: Final = "https://w3id.org/conflict-kg/ns#Deployment"  # Troops or equipment are sent, reinforced or stationed anew.
    DroneAttack: Final = "https://w3id.org/conflict-kg/ns#DroneAttack"  # An aircraft without a crew strikes.
    Election: Final = "https://w3id.org/conflict-kg/ns#Election"  # Somebody is elected, or an election or referendum is held.
    Entity: Final = "https://w3id.org/conflict-kg/ns#Entity"  # Somebody or something that an article names or describes.
    Equipment: Final = "https://w3id.org/conflict-kg/ns#Equipment"  # A weapon, vehicle or other thing used in an event, or a kind of such things.
    Event: Final = "https://w3id.org/conflict-kg/ns#Event"  # Something that an article tells of as having happened, alleged, denied, or planned.
    Facility: Final = "https://w3id.org/conflict-kg/ns#Facility"  # A built place with a purpose: base, embassy, school, hospital, airport.
    Institution: Final = "https://w3id.org/conflict-kg/ns#Institution"  # A parliament, ministry, agency, company, medium, party, non-governmental or international body.
    Judgement: Final = "https://w3id.org/conflict-kg/ns#Judgement"  # A statement of the reader itself, with a score and a reason: two entities are one, two articles tell the same event.
    Kidnapping: Final = "https://w3id.org/conflict-kg/ns#Kidnapping"  # Somebody is taken by force.
    Meeting: Final = "https://w3id.org/conflict-kg/ns#Meeting"  # Talks, a visit, a negotiation or a call.
    MeleeAttack: Final = "https://w3id.org/conflict-kg/ns#MeleeAttack"  # A knife, a blade or bare hands are used.
    MissileAttack: Final = "https://w3id.org/conflict-kg/ns#MissileAttack"  # Guided missiles are fired.
    Negated: Final = "https://w3id.org/conflict-kg/ns#Negated"  # The article itself says that it did not happen.
    Offensive: Final = "https://w3id.org/conflict-kg/ns#Offensive"  # An operation that takes, besieges or tries to take a place.
    OtherAttack: Final = "https://w3id.org/conflict-kg/ns#OtherAttack"  # The article does not say how, or in another way.
    Person: Final = "https://w3id.org/conflict-kg/ns#Person"  # One human being, known by name or by description.
    Place: Final = "https://w3id.org/conflict-kg/ns#Place"  # A place with a name or a description: country, region, town, sea, neighbourhood.
    Planned: Final = "https://w3id.org/conflict-kg/ns#Planned"  # It lies in the future: announced, intended, threatened, called for.
    PopulationGroup: Final = "https://w3id.org/conflict-kg/ns#PopulationGroup"  # People spoken of together without a proper name.
    Post: Final = "https://w3id.org/conflict-kg/ns#Post"  # An office or rank that a person holds, in an organisation where the article names one.
    Promise: Final = "https://w3id.org/conflict-kg/ns#Promise"  # Somebody announces an action of their own.
    Protest: Final = "https://w3id.org/conflict-kg/ns#Protest"  # A demonstration, a riot, or a strike as protest.
    Release: Final = "https://w3id.org/conflict-kg/ns#Release"  # A prisoner or hostage is freed.
    Resignation: Final = "https://w3id.org/conflict-kg/ns#Resignation"  # Somebody resigns or is removed from a post.
    RocketAttack: Final = "https://w3id.org/conflict-kg/ns#RocketAttack"  # Unguided rockets are fired.
    Sabotage: Final = "https://w3id.org/conflict-kg/ns#Sabotage"  # Equipment or a network is damaged on purpose.
    Sanction: Final = "https://w3id.org/conflict-kg/ns#Sanction"  # A sanction, embargo, blockade, closure or curfew is imposed.
    Seizure: Final = "https://w3id.org/conflict-kg/ns#Seizure"  # A place or a thing changes hands by force.
    Shelling: Final = "https://w3id.org/conflict-kg/ns#Shelling"  # Artillery, mortars or tanks fire.
    Shooting: Final = "https://w3id.org/conflict-kg/ns#Shooting"  # Small arms are fired.
    Span: Final = "https://w3id.org/conflict-kg/ns#Span"  # A stretch of an article: half-open start and end in code points of the text, and the words.
    SpeechAct: Final = "https://w3id.org/conflict-kg/ns#SpeechAct"  # An event that consists in saying something that matters politically.
    State: Final = "https://w3id.org/conflict-kg/ns#State"  # A state, its government or whoever acts in its name, metonyms included.
    Statement: Final = "https://w3id.org/conflict-kg/ns#Statement"  # One thing read: subject, predicate and object, with source, status, article, words and rule.
    Status: Final = "https://w3id.org/conflict-kg/ns#Status"  # How firmly a thing is said.
    Statuses: Final = "https://w3id.org/conflict-kg/ns#Statuses"  # How firmly an article says a thing.
    Storming: Final = "https://w3id.org/conflict-kg/ns#Storming"  # A building or a site is stormed or invaded.
    SuicideBombing: Final = "https://w3id.org/conflict-kg/ns#SuicideBombing"  # The attacker dies by the bomb he carries or drives.
    Threat: Final = "https://w3id.org/conflict-kg/ns#Threat"  # Somebody announces harm.
    Toll: Final = "https://w3id.org/conflict-kg/ns#Toll"  # One reported number of dead or wounded of an event, with whom it counts where that is said.
    Trial: Final = "https://w3id.org/conflict-kg/ns#Trial"  # Charges, a warrant, a trial or a sentence.
    Vote: Final = "https://w3id.org/conflict-kg/ns#Vote"  # An assembly adopts, rejects or calls for something.
    Withdrawal: Final = "https://w3id.org/conflict-kg/ns#Withdrawal"  # Troops or people leave, are reduced or are expelled.
    about: Final = "https://w3id.org/conflict-kg/ns#about"  # The event that this speech act or vote speaks of.
    accused: Final = "https://w3id.org/conflict-kg/ns#accused"  # Accused in public.
    affiliatedWith: Final = "https://w3id.org/conflict-kg/ns#affiliatedWith"  # Allied to, pledged to or linked to.
    agent: Final = "https://w3id.org/conflict-kg/ns#agent"  # Who does it, as the article itself asserts.
    agreedWith: Final = "https://w3id.org/conflict-kg/ns#agreedWith"  # Both concluded an agreement.
    aided: Final = "https://w3id.org/conflict-kg/ns#aided"  # Gave help, money, arms or relief.
    allegedAgent: Final = "https://w3id.org/conflict-kg/ns#allegedAgent"  # Who does it, as somebody says or as is suspected; never a fact.
    allegedTarget: Final = "https://w3id.org/conflict-kg/ns#allegedTarget"  # To whom or what it is done, as somebody says or as is suspected; never a fact.
    allegedlyAttacked: Final = "https://w3id.org/conflict-kg/ns#allegedlyAttacked"  # Alleged agent or alleged target of an attack; never a fact.
    arrested: Final = "https://w3id.org/conflict-kg/ns#arrested"  # Arrested, detained or captured.
    article: Final = "https://w3id.org/conflict-kg/ns#article"  # The article that a statement or span stands in.
    articleId: Final = "https://w3id.org/conflict-kg/ns#articleId"  # The name of the article among those of the store; it names its file of facts.
    attacked: Final = "https://w3id.org/conflict-kg/ns#attacked"  # Agent of an asserted attack or offensive on that target.
    causes: Final = "https://w3id.org/conflict-kg/ns#causes"  # This event brought that one about.
    clashedWith: Final = "https://w3id.org/conflict-kg/ns#clashedWith"  # Both fought each other.
    condemned: Final = "https://w3id.org/conflict-kg/ns#condemned"  # Condemned in public.
    countMax: Final = "https://w3id.org/conflict-kg/ns#countMax"  # Upper bound of how many events or people are meant. Missing when open.
    countMin: Final = "https://w3id.org/conflict-kg/ns#countMin"  # Lower bound of how many events or people are meant.
    countryCode: Final = "https://w3id.org/conflict-kg/ns#countryCode"  # ISO 3166 alpha-3 code of the country that the entity is or is tied to.
    dateText: Final = "https://w3id.org/conflict-kg/ns#dateText"  # The words of the article that date the event.
    deputyOf: Final = "https://w3id.org/conflict-kg/ns#deputyOf"  # Lieutenant or number two of.
    earliestDate: Final = "https://w3id.org/conflict-kg/ns#earliestDate"  # First day on which the event can have happened or begun; never without kg:latestDate.
    edtf: Final = "https://w3id.org/conflict-kg/ns#edtf"  # The date with the precision the text gives, as an EDTF string.
    evidence: Final = "https://w3id.org/conflict-kg/ns#evidence"  # The words that a statement was read from.
    holdsPost: Final = "https://w3id.org/conflict-kg/ns#holdsPost"  # A person holds an office or rank.
    inRetaliationFor: Final = "https://w3id.org/conflict-kg/ns#inRetaliationFor"  # This event answers that one: riposte, reprisal, vengeance.
    key: Final = "https://w3id.org/conflict-kg/ns#key"  # The key of the entity in the knowledge files.
    killed: Final = "https://w3id.org/conflict-kg/ns#killed"  # Agent of an attack that killed that person, or people of that group.
    killedMax: Final = "https://w3id.org/conflict-kg/ns#killedMax"  # Upper bound of the number of people killed; on an event, of the latest toll. Missing when open.
    killedMin: Final = "https://w3id.org/conflict-kg/ns#killedMin"  # Lower bound of the number of people killed; on an event, of the latest toll.
    latestDate: Final = "https://w3id.org/conflict-kg/ns#latestDate"  # Last day on which the event can have happened or ended; never without kg:earliestDate.
    leads: Final = "https://w3id.org/conflict-kg/ns#leads"  # A person heads an organisation, group or state.
    locatedIn: Final = "https://w3id.org/conflict-kg/ns#locatedIn"  # A place lies in a place, as an article or the gazetteer says.
    memberOf: Final = "https://w3id.org/conflict-kg/ns#memberOf"  # A person or group belongs to a group, coalition or party.
    mention: Final = "https://w3id.org/conflict-kg/ns#mention"  # A place of an article that names or describes the entity, or tells of the event.
    metWith: Final = "https://w3id.org/conflict-kg/ns#metWith"  # Both met or spoke with each other.
    mode: Final = "https://w3id.org/conflict-kg/ns#mode"  # How the attack was made.
    name: Final = "https://w3id.org/conflict-kg/ns#name"  # A name that an article uses for a thing which several articles share; the knowledge graph turns names into labels.
    nearDuplicateOf: Final = "https://w3id.org/conflict-kg/ns#nearDuplicateOf"  # An article repeats another, so that both count as one source.
    partOf: Final = "https://w3id.org/conflict-kg/ns#partOf"  # An organisation lies within an organisation or state.
    partOfEvent: Final = "https://w3id.org/conflict-kg/ns#partOfEvent"  # This event is a phase or a part of that one.
    place: Final = "https://w3id.org/conflict-kg/ns#place"  # A named place that the article ties to the event.
    postIn: Final = "https://w3id.org/conflict-kg/ns#postIn"  # The organisation or state in which the post is held.
    readAs: Final = "https://w3id.org/conflict-kg/ns#readAs"  # The class that an article's reading gives to a thing which several articles share; the knowledge graph settles on one.
    reason: Final = "https://w3id.org/conflict-kg/ns#reason"  # Why a judgement was made, in words.
    released: Final = "https://w3id.org/conflict-kg/ns#released"  # Freed a prisoner or hostage.
    reportedToll: Final = "https://w3id.org/conflict-kg/ns#reportedToll"  # One of the tolls reported of the event; the latest also stands on the event.
    retaliatedAgainst: Final = "https://w3id.org/conflict-kg/ns#retaliatedAgainst"  # Agent of an event done in retaliation, against its target.
    rivalOf: Final = "https://w3id.org/conflict-kg/ns#rivalOf"  # Enemy of or opposed to.
    rule: Final = "https://w3id.org/conflict-kg/ns#rule"  # The rule, model or file that produced a statement.
    sameEntityAs: Final = "https://w3id.org/conflict-kg/ns#sameEntityAs"  # Two articles speak of one entity, in the reader's judgement; the object stands for both in the fact view.
    sameEventAs: Final = "https://w3id.org/conflict-kg/ns#sameEventAs"  # Two articles tell of one event, in the reader's judgement; the object stands for both in totals.
    sanctioned: Final = "https://w3id.org/conflict-kg/ns#sanctioned"  # Imposed a sanction, embargo or blockade.
    score: Final = "https://w3id.org/conflict-kg/ns#score"  # How sure a judgement is, from 0.0 to 1.0.
    seized: Final = "https://w3id.org/conflict-kg/ns#seized"  # Took that place or thing by force.
    sentence: Final = "https://w3id.org/conflict-kg/ns#sentence"  # The whole sentence around a span.
    source: Final = "https://w3id.org/conflict-kg/ns#source"  # Who says it: the article, or the actor whose word it is.
    stationedAt: Final = "https://w3id.org/conflict-kg/ns#stationedAt"  # Forces are at a place without its changing hands.
    status: Final = "https://w3id.org/conflict-kg/ns#status"  # How firmly it is said, of a statement or of an event as a whole.
    supportedBy: Final = "https://w3id.org/conflict-kg/ns#supportedBy"  # Backed, armed or funded by.
    target: Final = "https://w3id.org/conflict-kg/ns#target"  # To whom or what it is done, as the article itself asserts.
    textHash: Final = "https://w3id.org/conflict-kg/ns#textHash"  # SHA-256 of the article's text in UTF-8, in hexadecimal.
    threatened: Final = "https://w3id.org/conflict-kg/ns#threatened"  # Threatened in public.
    victims: Final = "https://w3id.org/conflict-kg/ns#victims"  # Whom a toll counts.
    weapon: Final = "https://w3id.org/conflict-kg/ns#weapon"  # What it was done with.
    woundedMax: Final = "https://w3id.org/conflict-kg/ns#woundedMax"  # Upper bound of the number of people wounded; on an event, of the latest toll. Missing when open.
    woundedMin: Final = "https://w3id.org/conflict-kg/ns#woundedMin"  # Lower bound of the number of people wounded; on an event, of the latest toll.


MODES: Final[dict[str, str]] = {
    "airstrike": KG.Airstrike,
    "arson": KG.Arson,
    "balloon": KG.BalloonAttack,
    "bombing": KG.Bombing,
    "cyber": KG.CyberAttack,
    "drone": KG.DroneAttack,
    "kidnapping": KG.Kidnapping,
    "melee": KG.MeleeAttack,
    "missile": KG.MissileAttack,
    "other": KG.OtherAttack,
    "rocket": KG.RocketAttack,
    "sabotage": KG.Sabotage,
    "shelling": KG.Shelling,
    "shooting": KG.Shooting,
    "storming": KG.Storming,
    "suicide-bombing": KG.SuicideBombing,
}


STATUSES: Final[dict[str, str]] = {
    "alleged": KG.Alleged,
    "asserted": KG.Asserted,
    "denied": KG.Denied,
    "negated": KG.Negated,
    "planned": KG.Planned,
}
