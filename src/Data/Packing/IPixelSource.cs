using Dfx.Sdk;

namespace Dfx.Data.Packing;

/// <summary>A dataset in the form in which it is published.</summary>
internal interface IPixelSource : IDisposable
{
    /// <summary>The shape of every image.</summary>
    DataShape Shape { get; }

    /// <summary>The names of the classes; empty without labels.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>All images. Each part keeps this order.</summary>
    IReadOnlyList<PackItem> Items { get; }

    /// <summary>What decides the parts, and what is not taken.</summary>
    Reading Reading { get; }

    /// <summary>Reads an image. Safe for several threads with a workspace each.</summary>
    /// <param name="item">One of the items.</param>
    /// <param name="workspace">The thread's.</param>
    /// <param name="pixels">Takes [C, H, W].</param>
    /// <exception cref="InvalidDataException">The image cannot be used; the message says why, but not which.</exception>
    void Read(PackItem item, Workspace workspace, Span<byte> pixels);
}
