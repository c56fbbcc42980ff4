use form_urlencoded::byte_serialize;

/// The pages of the front end that letters lead to. Their paths are a promise to front ends: README has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    VerifyEmail,
    ResetPassword,
    ConfirmEmailChange,
    UndoEmailChange,
    CancelDeletion,
    Exports,
    Waitlist,
    /// The public page of a certificate. It is this server's, not the front end's.
    Certificate,
}

impl Page {
    pub const fn path(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify-email",
            Self::ResetPassword => "reset-password",
            Self::ConfirmEmailChange => "confirm-email-change",
            Self::UndoEmailChange => "undo-email-change",
            Self::CancelDeletion => "cancel-deletion",
            Self::Exports => "exports",
            Self::Waitlist => "waitlist",
            Self::Certificate => "certificates",
        }
    }

    /// Where the link of this letter leads; `None` when it has no link.
    pub fn of_letter(template: &str) -> Option<Self> {
        Some(match template {
            "verify_email" => Self::VerifyEmail,
            "already_registered" | "reset_password" => Self::ResetPassword,
            "confirm_email_change" => Self::ConfirmEmailChange,
            "email_changing" => Self::UndoEmailChange,
            "deletion_requested" => Self::CancelDeletion,
            "export_ready" => Self::Exports,
            "seat_offered" => Self::Waitlist,
            "certificate_issued" | "certificate_revoked" | "certificate_reissued" => Self::Certificate,
            _ => return None,
        })
    }
}

/// Makes the links that letters carry.
#[derive(Clone, Debug)]
pub struct Links {
    base: String,
}

impl Links {
    /// `public_url`: where the front end is, `https://school.example` or with a path.
    pub fn new(public_url: &str) -> Result<Self, String> {
        let base = public_url.trim_end_matches('/');
        let host = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"));
        let odd = |c: char| c.is_whitespace() || c.is_control() || "?#\"<>\\".contains(c);
        match host {
            Some(host) if !host.is_empty() && !host.starts_with('/') && !base.contains(odd) => {
                Ok(Self { base: base.into() })
            }
            _ => Err(format!(
                "{public_url:?} is not an address that links can begin with, such as https://school.example"
            )),
        }
    }

    pub fn to(&self, page: Page, token: Option<&str>) -> String {
        let address = format!("{}/{}", self.base, page.path());
        match token {
            Some(token) => address + "?token=" + &byte_serialize(token.as_bytes()).collect::<String>(),
            None => address,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_the_public_address_the_path_and_the_token() {
        let links = Links::new("https://school.example/app/").unwrap();
        assert_eq!(links.to(Page::Exports, None), "https://school.example/app/exports");
        let link = links.to(Page::VerifyEmail, Some("a b&c=é"));
        assert_eq!(link, "https://school.example/app/verify-email?token=a+b%26c%3D%C3%A9");
    }

    #[test]
    fn what_links_cannot_begin_with_is_refused() {
        for url in [
            "",
            "school.example",
            "ftp://school.example",
            "https://",
            "https:///x",
            "https://a b",
            "http://a?b",
            "http://a#b",
            "http://a\"b",
        ] {
            assert!(Links::new(url).is_err(), "{url}");
        }
        assert!(Links::new("http://[::1]:8000").is_ok());
    }
}
