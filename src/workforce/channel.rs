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

    /// Reads the word used in files; `voice` and `e-mail` are accepted too.
    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "voice" | "call" => Ok(Self::Phone),
            "e-mail" | "mail" => Ok(Self::Email),
            _ => Self::ALL.into_iter().find(|c| c.word() == word).ok_or(()),
        }
    }
}
