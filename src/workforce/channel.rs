use std::fmt;
use std::str::FromStr;

/// How a contact arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// A call that waits to be answered.
    Phone,
    /// A live chat; an agent may hold several at once.
    Chat,
    /// An e-mail, answered by a deadline.
    Email,
    /// A message on a social network, answered by a deadline.
    Social,
    /// A case without a waiting customer, done by a deadline.
    BackOffice,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 5] = [
        Self::Phone,
        Self::Chat,
        Self::Email,
        Self::Social,
        Self::BackOffice,
    ];

    /// Words that are read besides those that are written.
    pub const OTHER_WORDS: [(&str, Self); 4] = [
        ("voice", Self::Phone),
        ("call", Self::Phone),
        ("e-mail", Self::Email),
        ("mail", Self::Email),
    ];

    /// Whether the customer waits while the contact is in the queue.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Phone | Self::Chat)
    }

    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Chat => "chat",
            Self::Email => "email",
            Self::Social => "social",
            Self::BackOffice => "back_office",
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Channel {
    type Err = ();

    /// Reads the word used in files, or one of [`Channel::OTHER_WORDS`].
    fn from_str(word: &str) -> Result<Self, ()> {
        let words = Self::ALL.map(|c| (c.word(), c)).into_iter();
        let mut all = words.chain(Self::OTHER_WORDS);
        all.find(|(known, _)| *known == word)
            .map(|(_, c)| c)
            .ok_or(())
    }
}
