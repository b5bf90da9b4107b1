namespace Dfx.Numerics.Files;

/// <summary>An array that can be written: its layout is known first, its bytes are made when their turn comes.</summary>
internal interface IArraySource
{
    /// <summary>Element type and shape.</summary>
    ArrayLayout Layout { get; }

    /// <summary>Writes exactly the layout's bytes, in C order, little-endian.</summary>
    void WriteTo(Stream stream);
}
