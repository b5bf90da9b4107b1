using System.Runtime.InteropServices;
using System.Text;

namespace Dfx.Numerics.Files;

/// <summary>Reads one stored array from its first byte to its last, straight into memory that the caller owns.</summary>
internal abstract class ArrayReader(ArrayLayout layout, bool fortranOrder, FilePlace place) : IDisposable
{
    /// <summary>Element type and shape, already checked against the bytes that the file has.</summary>
    public ArrayLayout Layout { get; } = layout;

    /// <summary>True when the first index varies fastest; the bytes are then those of the reversed shape in C order.</summary>
    public bool FortranOrder { get; } = fortranOrder && layout.Shape.Length > 1;

    /// <summary>The array's place, for errors.</summary>
    public FilePlace Place { get; } = place;

    /// <summary>Reads the next bytes, a whole number of elements, in the file's order.</summary>
    /// <exception cref="TensorFileException">The file is damaged, or a value cannot be one of its element type.</exception>
    public void Read(Span<byte> next)
    {
        ReadNext(next);
        CheckValues(next);
    }

    /// <summary>Must follow the last <see cref="Read"/>: checks what can only be known at the end.</summary>
    /// <exception cref="TensorFileException">The checksum differs.</exception>
    public virtual void Finish()
    {
    }

    public virtual void Dispose()
    {
    }

    /// <summary>Reads the whole array into managed memory.</summary>
    /// <exception cref="TensorFileException">The file is damaged, or the array is larger than a managed array can be.</exception>
    public ArrayData ToArrayData()
    {
        if (Layout.ByteLength > Array.MaxLength)
        {
            throw Place.Error($"{Layout} has {Layout.ByteLength} bytes, a managed array at most {Array.MaxLength}; load it as a tensor");
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)Layout.ByteLength);
        Read(bytes);
        Finish();
        return new(Layout, FortranOrder ? StridedLayout.ToCOrder(bytes, Layout) : bytes);
    }

    /// <summary>Fills all of the span, or throws.</summary>
    protected abstract void ReadNext(Span<byte> next);

    // A bool other than 0 or 1 is undefined behaviour in native code; a wrong code point is no string.
    private void CheckValues(ReadOnlySpan<byte> values)
    {
        if (Layout.Type == ElementType.Bool && values.IndexOfAnyExceptInRange<byte>(0, 1) is var bad and >= 0)
        {
            throw Place.Error($"bool element {bad} of the part read is the byte {values[bad]}; expected 0 or 1");
        }

        if (Layout.Type != ElementType.Text)
        {
            return;
        }

        foreach (var unit in MemoryMarshal.Cast<byte, uint>(values))
        {
            if (!Rune.IsValid(unit))
            {
                throw Place.Error($"0x{unit:X} is no Unicode code point; expected UTF-32, little-endian");
            }
        }
    }
}
