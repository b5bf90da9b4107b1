using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Folders;

/// <summary>
/// Any PNG, JPEG, WebP and BMP images of the user's, RGB: a folder or an archive that a matrix names by its path, or one that was added by a name. The
/// size, the labels and the rule for parts are what the user asks for.
/// </summary>
/// <param name="options">The name, the size, whether folders are classes, and what decides the parts.</param>
[Dataset("images", "images of the user's")]
public sealed class ImagesDataset(ImagesOptions options) : IDataset, IPackedDataset
{
    private readonly Recipe _recipe = KnownRecipes.Images(options);

    Recipe IPackedDataset.Recipe => _recipe;

    /// <inheritdoc/>
    public string Fingerprint(DataContext context) => PackedData.Fingerprint(_recipe, context);

    /// <inheritdoc/>
    public IDataSource Open(DataContext context) => PackedData.Open(_recipe, context);
}
