// The page's own texts. What the bot says comes from the bot.

const WORDS = {
  nl: {
    practice: "oefenruimte",
    clock: "Klok",
    views: "Telefoons en verhaal",
    hour: "+1 uur",
    day: "+1 dag",
    next: "volgend moment",
    nothingDue: "Er staat niets gepland.",
    moved: "Het is nu {when}.",
    pageLanguage: "Taal van deze pagina",
    lost: "Geen verbinding met de oefenruimte. We proberen het opnieuw.",
    failed: "Dat lukte niet.",
    resident: "Bewoner",
    volunteer: "Vrijwilliger",
    professional: "Professional",
    coordinator: "Regisseur",
    story: "Het verhaal",
    person: "Wie heeft deze telefoon",
    phoneLanguage: "Taal van de telefoon",
    chat: "Gesprek van {name}",
    write: "Bericht",
    send: "Versturen",
    start: "Start",
    hello: "Nog geen berichten.",
    helloHint: "Druk op Start om het gesprek te beginnen.",
    nobody: "Niemand heeft deze telefoon.",
    attach: "Iets toevoegen",
    commands: "Opdrachten",
    photo: "Foto",
    voice: "Spraakbericht",
    place: "Locatie",
    contact: "Contact",
    edited: "bewerkt",
    protectedMessage: "Doorsturen en kopiëren kan niet",
    typing: "typt …",
    reply: "Antwoorden",
    edit: "Bewerken",
    editing: "Bericht bewerken",
    replying: "Antwoord op",
    cancel: "Annuleren",
    voiceLength: "Spraakbericht van {seconds} seconden",
    photoFrom: "Foto",
    sticker: "Sticker",
    somethingElse: "Ander soort bericht",
    forwarded: "Doorgestuurd van {name}",
    ok: "Goed",
    item: "Melding",
    holder: "Wie heeft het",
    because: "Waarom",
    history: "Wat er gebeurde",
    upcoming: "Wat er nog komt",
    nothingNext: "Er staat niets meer gepland.",
    noStory: "Nog geen melding.",
    noStoryHint: "Begin bij de bewoner. Hier leest u wie de melding heeft, en wat er daarna gebeurt.",
    unread: "{n} ongelezen",
  },
  en: {
    practice: "practice room",
    clock: "Clock",
    views: "Phones and story",
    hour: "+1 hour",
    day: "+1 day",
    next: "next check-in",
    nothingDue: "Nothing is planned.",
    moved: "It is now {when}.",
    pageLanguage: "Language of this page",
    lost: "No connection with the practice room. Trying again.",
    failed: "That did not work.",
    resident: "Resident",
    volunteer: "Volunteer",
    professional: "Professional",
    coordinator: "Coordinator",
    story: "The story",
    person: "Who has this phone",
    phoneLanguage: "Language of the phone",
    chat: "Chat of {name}",
    write: "Message",
    send: "Send",
    start: "Start",
    hello: "No messages yet.",
    helloHint: "Press Start to begin the chat.",
    nobody: "Nobody has this phone.",
    attach: "Add something",
    commands: "Commands",
    photo: "Photo",
    voice: "Voice message",
    place: "Location",
    contact: "Contact",
    edited: "edited",
    protectedMessage: "Can't be forwarded or copied",
    typing: "is typing …",
    reply: "Reply",
    edit: "Edit",
    editing: "Edit message",
    replying: "Reply to",
    cancel: "Cancel",
    voiceLength: "Voice message of {seconds} seconds",
    photoFrom: "Photo",
    sticker: "Sticker",
    somethingElse: "Another kind of message",
    forwarded: "Forwarded from {name}",
    ok: "OK",
    item: "Item",
    holder: "Who holds it",
    because: "Why",
    history: "What happened",
    upcoming: "What comes next",
    nothingNext: "Nothing more is planned.",
    noStory: "No item yet.",
    noStoryHint: "Begin with the resident. Here you read who holds the item, and what happens to it.",
    unread: "{n} unread",
  },
};

let tongue = localStorage.getItem("tongue") === "en" ? "en" : "nl";

export const language = () => tongue;

export function word(name, values = {}) {
  return WORDS[tongue][name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/** Switch the page's language and fill in every fixed text again. */
export function speak(choice) {
  tongue = choice;
  localStorage.setItem("tongue", choice);
  document.documentElement.lang = choice;
  for (const node of document.querySelectorAll("[data-word]")) {
    node.textContent = word(node.dataset.word);
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", word(node.dataset.label));
    if (node.matches("button")) node.title = word(node.dataset.label);
  }
  for (const node of document.querySelectorAll("[data-hint]")) {
    node.placeholder = word(node.dataset.hint);
  }
}
