//! What files hold, kept in the data folder under its hash: the same content lies there once, and is never changed.
//!
//! Decides nothing about who may read what. Names come from ids and hashes alone, so that nothing sent by a stranger
//! leads out of the folder. Nodes that share a database share this folder too.

pub mod picture;
pub mod sniff;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

use crate::error::ApiError;
use crate::ids::UploadId;

/// Bytes that tell what a file is.
const HEAD: usize = 8 * 1024;

/// The folder.
#[derive(Debug, Clone)]
pub struct Files {
    folder: PathBuf,
}

/// A file that came in whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// SHA-256, in hex: what it is kept under.
    pub hash: String,
    /// How it begins.
    pub head: Vec<u8>,
}

impl Files {
    /// In the data folder.
    pub fn new(data_dir: &Path) -> Self {
        Self { folder: data_dir.join("files") }
    }

    /// What came of an upload so far, in bytes.
    pub async fn received(&self, id: UploadId) -> u64 {
        tokio::fs::metadata(self.part(id)).await.map_or(0, |found| found.len())
    }

    /// Adds a piece that begins at `offset`; how much has come then. A piece that came before is written again, so
    /// that a sender who never heard the answer may repeat it.
    ///
    /// # Errors
    ///
    /// [`ApiError::StorageFull`]; `None` when what comes before is missing.
    pub async fn append(&self, id: UploadId, offset: u64, piece: &[u8]) -> Result<Option<u64>, ApiError> {
        if offset > self.received(id).await {
            return Ok(None);
        }
        let path = self.part(id);
        make_folder(&path).await?;
        let mut file = tokio::fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .await
            .map_err(full_or_broken)?;
        file.seek(std::io::SeekFrom::Start(offset)).await.map_err(full_or_broken)?;
        file.write_all(piece).await.map_err(full_or_broken)?;
        file.set_len(offset + piece.len() as u64).await.map_err(full_or_broken)?;
        file.sync_all().await.map_err(full_or_broken)?;
        Ok(Some(offset + piece.len() as u64))
    }

    /// Puts an upload that is whole under its hash.
    ///
    /// # Errors
    ///
    /// [`ApiError::StorageFull`], or when the folder cannot be used.
    pub async fn finish(&self, id: UploadId) -> Result<Content, ApiError> {
        let part = self.part(id);
        let mut file = tokio::fs::File::open(&part).await.map_err(ApiError::internal)?;
        let (mut hash, mut head) = (Sha256::new(), Vec::new());
        let mut piece = vec![0; 64 * 1024];
        loop {
            let length = file.read(&mut piece).await.map_err(ApiError::internal)?;
            if length == 0 {
                break;
            }
            hash.update(&piece[..length]);
            head.extend_from_slice(&piece[..length.min(HEAD.saturating_sub(head.len()))]);
        }
        let hash = data_encoding::HEXLOWER.encode(&hash.finalize());
        let target = self.whole(&hash);
        make_folder(&target).await?;
        tokio::fs::rename(&part, &target).await.map_err(full_or_broken)?;
        Ok(Content { hash, head })
    }

    /// Drops what came of an upload.
    pub async fn discard(&self, id: UploadId) {
        forget(&self.part(id)).await;
    }

    /// What lies under a hash.
    ///
    /// # Errors
    ///
    /// [`ApiError::NotFound`] when it is gone.
    pub async fn read(&self, hash: &str) -> Result<Vec<u8>, ApiError> {
        tokio::fs::read(self.whole(hash)).await.map_err(|_| ApiError::not_found("file", hash))
    }

    /// Deletes what lies under a hash, and its small picture.
    pub async fn remove(&self, hash: &str) {
        forget(&self.whole(hash)).await;
        forget(&self.small(hash)).await;
    }

    /// The small picture of what lies under a hash, made when first asked for; none of what is no picture.
    ///
    /// # Errors
    ///
    /// [`ApiError::NotFound`] when it is gone; [`ApiError::Overloaded`] when too many are being made.
    pub async fn preview(&self, hash: &str) -> Result<Option<Vec<u8>>, ApiError> {
        let path = self.small(hash);
        if let Ok(kept) = tokio::fs::read(&path).await {
            return Ok(Some(kept));
        }
        let Some(made) = picture::small(self.read(hash).await?).await? else { return Ok(None) };
        // A preview that is not kept is made again.
        make_folder(&path).await?;
        let part = path.with_extension(format!("{}.part", rand::random::<u64>()));
        if tokio::fs::write(&part, &made).await.is_ok() {
            tokio::fs::rename(&part, &path).await.ok();
        }
        Ok(Some(made))
    }

    /// Every hash that something lies under.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub async fn hashes(&self) -> std::io::Result<Vec<String>> {
        let mut found = Vec::new();
        let mut shelves = match tokio::fs::read_dir(self.folder.join("whole")).await {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(found),
            shelves => shelves?,
        };
        while let Some(shelf) = shelves.next_entry().await? {
            let mut entries = tokio::fs::read_dir(shelf.path()).await?;
            while let Some(entry) = entries.next_entry().await? {
                found.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        Ok(found)
    }

    /// When what lies under a hash was put there, milliseconds since 1970.
    pub async fn put_at_ms(&self, hash: &str) -> Option<i64> {
        let changed = tokio::fs::metadata(self.whole(hash)).await.ok()?.modified().ok()?;
        let since = changed.duration_since(std::time::UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok()
    }

    /// Copies everything that lies here into the folder beside a backup. Nothing here is ever changed, so where the
    /// disk allows it a copy is another name for the same bytes.
    ///
    /// # Errors
    ///
    /// When something cannot be read or written.
    pub async fn back_up(&self, folder: &Path) -> std::io::Result<usize> {
        copy_all(&self.folder.join("whole"), folder).await
    }

    /// Puts back what a backup holds and is not here.
    ///
    /// # Errors
    ///
    /// When something cannot be read or written.
    pub async fn restore(&self, folder: &Path) -> std::io::Result<usize> {
        copy_all(folder, &self.folder.join("whole")).await
    }

    fn part(&self, id: UploadId) -> PathBuf {
        self.folder.join("part").join(id.to_string())
    }

    fn whole(&self, hash: &str) -> PathBuf {
        self.folder.join("whole").join(shelf(hash)).join(hash)
    }

    fn small(&self, hash: &str) -> PathBuf {
        self.folder.join("small").join(shelf(hash)).join(hash)
    }
}

/// The folder that stands beside a backup and holds its files.
pub fn beside(backup: &Path) -> PathBuf {
    backup.with_extension("files")
}

fn shelf(hash: &str) -> &str {
    hash.get(..2).unwrap_or("")
}

async fn copy_all(from: &Path, to: &Path) -> std::io::Result<usize> {
    let mut copied = 0;
    let mut shelves = match tokio::fs::read_dir(from).await {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        shelves => shelves?,
    };
    while let Some(shelf) = shelves.next_entry().await? {
        let target = to.join(shelf.file_name());
        tokio::fs::create_dir_all(&target).await?;
        let mut entries = tokio::fs::read_dir(shelf.path()).await?;
        while let Some(entry) = entries.next_entry().await? {
            let target = target.join(entry.file_name());
            if tokio::fs::try_exists(&target).await? {
                continue;
            }
            if tokio::fs::hard_link(entry.path(), &target).await.is_err() {
                tokio::fs::copy(entry.path(), &target).await?;
            }
            copied += 1;
        }
    }
    Ok(copied)
}

async fn make_folder(path: &Path) -> Result<(), ApiError> {
    let Some(folder) = path.parent() else { return Ok(()) };
    tokio::fs::create_dir_all(folder).await.map_err(full_or_broken)
}

async fn forget(path: &Path) {
    if let Err(error) = tokio::fs::remove_file(path).await
        && error.kind() != ErrorKind::NotFound
    {
        tracing::warn!(%error, path = %path.display(), "a file was not deleted");
    }
}

fn full_or_broken(error: std::io::Error) -> ApiError {
    if error.kind() == ErrorKind::StorageFull { ApiError::StorageFull } else { ApiError::internal(error) }
}
