//! What a team sets for the whole address: files at the root, the secret of pages that frame its forms.

pub mod embed_secret;
pub mod file;
pub mod files;
