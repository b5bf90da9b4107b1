namespace Dfx.Numerics.Files;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Layout">Element type and shape.</param>
/// <param name="Begin">Offset of its first byte, counted from the end of the header.</param>
/// <param name="End">Offset just behind its last byte, counted likewise.</param>
public sealed record SafetensorsEntry(string Name, ArrayLayout Layout, long Begin, long End);
