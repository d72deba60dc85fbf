//! Uploaded files, kept in the data folder under their import's id until their rows are stored.

use std::path::PathBuf;

use crate::app::App;
use crate::error::ApiError;
use crate::ids::ImportId;

/// Where the file of an import lies.
pub(super) fn path(app: &App, id: ImportId) -> PathBuf {
    // The uploaded name is for people only; an id cannot lead out of the folder.
    app.config.data_dir.join("imports").join(id.to_string())
}

/// Writes the file and gives its bytes back.
pub(super) async fn keep(app: &App, id: ImportId, bytes: Vec<u8>) -> Result<Vec<u8>, ApiError> {
    let path = path(app, id);
    let folder = path.parent().map(std::path::Path::to_path_buf).unwrap_or_default();
    tokio::fs::create_dir_all(folder).await.map_err(ApiError::internal)?;
    tokio::fs::write(&path, &bytes).await.map_err(full_or_broken)?;
    Ok(bytes)
}

/// Reads it again.
pub(super) async fn load(app: &App, id: ImportId) -> Result<Vec<u8>, ApiError> {
    tokio::fs::read(path(app, id)).await.map_err(|_| ApiError::not_found("import", id))
}

/// Deletes it; one that is gone already is as good.
pub(super) async fn forget(path: PathBuf) {
    if let Err(error) = tokio::fs::remove_file(path.clone()).await
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, path = %path.display(), "an imported file was not deleted");
    }
}

fn full_or_broken(error: std::io::Error) -> ApiError {
    if error.kind() == std::io::ErrorKind::StorageFull {
        ApiError::StorageFull
    } else {
        ApiError::internal(error)
    }
}
