using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Dfx.Numerics.Files;

/// <summary>An array as bytes with a layout, in C order: the currency of the file formats, which need no tensor library.</summary>
public sealed class ArrayData : IArraySource
{
    /// <summary>Pairs bytes with their layout.</summary>
    /// <param name="layout">Element type and shape.</param>
    /// <param name="bytes">The elements in C order, little-endian, exactly <see cref="ArrayLayout.ByteLength"/> bytes; not copied.</param>
    /// <exception cref="ArgumentException">The number of bytes is not the layout's.</exception>
    public ArrayData(ArrayLayout layout, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (bytes.Length != layout.ByteLength)
        {
            throw new ArgumentException($"{layout} has {layout.ByteLength} bytes, but {bytes.Length} were given", nameof(bytes));
        }

        (Layout, Bytes) = (layout, bytes);
    }

    /// <summary>Element type and shape.</summary>
    public ArrayLayout Layout { get; }

    /// <summary>The elements in C order, little-endian.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Copies values into an array of the matching element type.</summary>
    /// <typeparam name="T">bool, byte, sbyte, short, int, long, Half, float or double; ushort means the bits of bfloat16.</typeparam>
    /// <param name="values">The elements in C order.</param>
    /// <param name="shape">Extents whose product is the number of values; none for a single value.</param>
    /// <exception cref="ArgumentException">No element type matches, or shape and number of values disagree.</exception>
    public static ArrayData Of<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape) where T : unmanaged
    {
        var format = ElementFormat.OfClr(typeof(T))
            ?? throw new ArgumentException(
                $"{typeof(T)} is no element type; expected bool, byte, sbyte, short, int, long, Half, float or double");
        return new(new(format.Type, ImmutableArray.Create(shape)), MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>Stores strings as numpy does: UTF-32, each padded with zeros to the longest. Zeros at a string's end are lost.</summary>
    /// <param name="values">The strings in C order.</param>
    /// <param name="shape">Extents whose product is the number of strings; none for a single string.</param>
    /// <exception cref="ArgumentException">Shape and number of strings disagree, or a string has half of a surrogate pair.</exception>
    public static ArrayData OfText(IReadOnlyList<string> values, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        var encoded = values.Select(StrictText.Encode).ToArray();
        var itemSize = encoded.Select(text => text.Length).Append(sizeof(uint)).Max();
        var bytes = new byte[checked(values.Count * itemSize)];
        for (var i = 0; i < encoded.Length; i++)
        {
            encoded[i].CopyTo(bytes, i * itemSize);
        }

        return new(new(ElementType.Text, ImmutableArray.Create(shape), itemSize / sizeof(uint)), bytes);
    }

    /// <summary>The elements in C order, without a copy.</summary>
    /// <typeparam name="T">The .NET type of the element type; ushort gives the raw bits of bfloat16.</typeparam>
    /// <exception cref="InvalidOperationException">The element type is another one.</exception>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged =>
        ElementFormat.OfClr(typeof(T))?.Type == Layout.Type
            ? MemoryMarshal.Cast<byte, T>(Bytes.Span)
            : throw new InvalidOperationException($"the array is {Layout}, which has no elements of type {typeof(T)}");

    /// <summary>The strings of an <see cref="ElementType.Text"/> array in C order, without the zeros that pad them.</summary>
    /// <exception cref="InvalidOperationException">The array has another element type.</exception>
    public IReadOnlyList<string> Strings()
    {
        if (Layout.Type != ElementType.Text)
        {
            throw new InvalidOperationException($"the array is {Layout}, not Text; read it with Values");
        }

        var strings = new string[Layout.Count];
        for (var i = 0; i < strings.Length; i++)
        {
            var units = MemoryMarshal.Cast<byte, uint>(Bytes.Span.Slice(i * Layout.ItemSize, Layout.ItemSize)).TrimEnd(0u);
            strings[i] = Encoding.UTF32.GetString(MemoryMarshal.AsBytes(units));
        }

        return strings;
    }

    void IArraySource.WriteTo(Stream stream) => stream.Write(Bytes.Span);
}
