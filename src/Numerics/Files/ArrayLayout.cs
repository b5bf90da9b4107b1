using System.Collections.Immutable;
using System.Globalization;

namespace Dfx.Numerics.Files;

/// <summary>Element type and shape of a stored array, and what follows from them: how many elements and bytes it has.</summary>
public sealed class ArrayLayout
{
    /// <summary>The most dimensions an array may have, that of current numpy.</summary>
    public const int MaxRank = 64;

    // Keeps the bytes of one string within an int.
    private const int MaxTextLength = int.MaxValue / sizeof(uint);

    /// <summary>Makes a layout whose sizes are known to fit in 64 bits.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="shape">Non-negative extents, outermost first; empty for a single value.</param>
    /// <param name="textLength">UTF-32 units of one string, at least 1, for <see cref="ElementType.Text"/>; 0 for all other types.</param>
    /// <exception cref="ArgumentException">A negative extent, too many dimensions, a size beyond 64 bits, or a wrong text
    /// length.</exception>
    public ArrayLayout(ElementType type, ImmutableArray<long> shape, int textLength = 0)
    {
        if (Problem(type, shape.AsSpan(), textLength) is { } problem)
        {
            throw new ArgumentException(problem);
        }

        (Type, Shape, TextLength) = (type, shape, textLength);
        ItemSize = SizeOf(type, textLength);
        Count = 1;
        foreach (var extent in shape)
        {
            Count *= extent;
        }
    }

    /// <summary>The element type.</summary>
    public ElementType Type { get; }

    /// <summary>Non-negative extents, outermost first; empty for a single value.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>UTF-32 units of one string of an <see cref="ElementType.Text"/> array; 0 for all other types.</summary>
    public int TextLength { get; }

    /// <summary>Bytes of one element.</summary>
    public int ItemSize { get; }

    /// <summary>Number of elements: 1 for a single value, 0 when any extent is 0.</summary>
    public long Count { get; }

    /// <summary>Bytes of all elements.</summary>
    public long ByteLength => Count * ItemSize;

    /// <summary>For messages: <c>Float32 [2, 3]</c>.</summary>
    public override string ToString() => $"{Type} {Describe(Shape.AsSpan())}";

    /// <summary>Says what is wrong with a layout, or null when nothing is; readers ask before they build one.</summary>
    internal static string? Problem(ElementType type, ReadOnlySpan<long> shape, int textLength)
    {
        if (type == ElementType.Text ? textLength is < 1 or > MaxTextLength : textLength != 0)
        {
            return $"text length {textLength} does not fit element type {type}; expected 1 to {MaxTextLength} for Text, 0 for all others";
        }

        if (shape.Length > MaxRank)
        {
            return $"{shape.Length} dimensions; expected at most {MaxRank}";
        }

        // Zero extents count as 1, so that strides of an empty array cannot overflow later either.
        long bytes = SizeOf(type, textLength);
        foreach (var extent in shape)
        {
            if (extent < 0)
            {
                return $"negative extent {extent} in shape {Describe(shape)}; expected 0 or more";
            }

            if (bytes > long.MaxValue / Math.Max(extent, 1))
            {
                return $"shape {Describe(shape)} of {type} has more bytes than 64 bits can count";
            }

            bytes *= Math.Max(extent, 1);
        }

        return null;
    }

    private static int SizeOf(ElementType type, int textLength) =>
        ElementFormat.Of(type)?.Size ?? textLength * sizeof(uint);

    private static string Describe(ReadOnlySpan<long> shape) =>
        $"[{string.Join(", ", shape.ToArray().Select(extent => extent.ToString(CultureInfo.InvariantCulture)))}]";
}
