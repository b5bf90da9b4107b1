namespace Dfx.Data.Folders;

/// <summary>What decides the parts of <see cref="ImagesDataset"/>.</summary>
public enum ImageParts
{
    /// <summary>Folders named train, test, val and the like; a hash where there are none.</summary>
    Folders,

    /// <summary>A hash of each image's path, whatever folders are called.</summary>
    Hash,
}
