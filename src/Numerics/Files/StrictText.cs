using System.Text;

namespace Dfx.Numerics.Files;

/// <summary>Encodes text without the silent replacement of what is no Unicode, which would make two names one.</summary>
internal static class StrictText
{
    private static readonly UTF32Encoding Utf32 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true);

    /// <summary>The text in little-endian UTF-32, without a byte order mark.</summary>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair.</exception>
    public static byte[] Encode(string text)
    {
        try
        {
            return Utf32.GetBytes(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException($"{FilePlace.Quote(text)} is no valid Unicode at index {e.Index}; expected surrogates in pairs", e);
        }
    }

    /// <summary>Refuses text that files could not hold.</summary>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair.</exception>
    public static string Checked(string text)
    {
        _ = Encode(text);
        return text;
    }
}
