using Dfx.Data.Archives;
using Dfx.Data.Images;
using Dfx.Data.Packing;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>Image files as a dataset.</summary>
internal sealed class ImageSource : IPixelSource
{
    private readonly ISourceFiles _files;
    private readonly ImageRules _rules;
    private readonly (int Width, int Height)? _uniform;

    /// <param name="files">The files; closed with the source.</param>
    /// <param name="rules">What is done to them.</param>
    /// <param name="listing">Which images there are.</param>
    /// <exception cref="DataUnavailableException">The first image cannot be read, and its size is needed.</exception>
    public ImageSource(ISourceFiles files, ImageRules rules, ImageListing listing)
    {
        (_files, _rules, Classes, Items, Reading) = (files, rules, listing.Classes, listing.Items, listing.Reading);
        _uniform = rules.Uniform || rules.Size is null ? FirstSize() : null;
        var (width, height) = rules.Size is { } side ? (side, side) : _uniform!.Value;
        Shape = new(PixelBuffer.Channels, height, width);
    }

    public DataShape Shape { get; }

    public IReadOnlyList<string> Classes { get; }

    public IReadOnlyList<PackItem> Items { get; }

    public Reading Reading { get; }

    public void Read(PackItem item, Workspace workspace, Span<byte> pixels)
    {
        var image = workspace.Image;
        Decode(item, workspace);
        if (_uniform is { } size && (image.Width, image.Height) != size)
        {
            throw new InvalidDataException($"{image.Width}x{image.Height} pixels; the first image, {Items[0].Name}, has {size.Width}x{size.Height}");
        }

        if (_rules.Size is { } side)
        {
            workspace.Area.Resize(image, _rules.Region(image), side, pixels);
        }
        else
        {
            Planes(image, pixels);
        }
    }

    public void Dispose() => _files.Dispose();

    private void Decode(PackItem item, Workspace workspace) => ImagePixels.Decode(_files.Read(item.Name, ref workspace.File), workspace.Image);

    private (int Width, int Height) FirstSize()
    {
        var workspace = new Workspace();
        try
        {
            Decode(Items[0], workspace);
            return (workspace.Image.Width, workspace.Image.Height);
        }
        catch (InvalidDataException error)
        {
            throw new DataUnavailableException($"{_files.Origin}: {Items[0].Name}: {error.Message}", error);
        }
    }

    private static void Planes(PixelBuffer image, Span<byte> planes)
    {
        var count = image.Width * image.Height;
        var pixels = image.Pixels;
        for (var i = 0; i < count; i++)
        {
            for (var c = 0; c < PixelBuffer.Channels; c++)
            {
                planes[(c * count) + i] = pixels[(i * PixelBuffer.Channels) + c];
            }
        }
    }
}
