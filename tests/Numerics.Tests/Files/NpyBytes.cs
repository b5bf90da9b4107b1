using System.Text;

namespace Dfx.Numerics.Tests.Files;

/// <summary>Puts npy files together by hand.</summary>
internal static class NpyBytes
{
    /// <summary>Magic, version, length and the dict exactly as given, then the data.</summary>
    public static byte[] Of(string dict, ReadOnlySpan<byte> data, byte version = 1)
    {
        var text = Encoding.Latin1.GetBytes(dict);
        var length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. data];
    }
}
