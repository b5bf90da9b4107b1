using Dfx.Data.Images;

namespace Dfx.Data.Packing;

/// <summary>What one thread needs to decode images, used again from image to image.</summary>
internal sealed class Workspace
{
    // A field, since readers replace it by a larger one.
    private byte[] _file = [];

    public PixelBuffer Image { get; } = new();

    public AreaResize Area { get; } = new();

    public ref byte[] File => ref _file;
}
