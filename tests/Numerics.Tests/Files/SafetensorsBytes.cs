using System.Text;

namespace Dfx.Numerics.Tests.Files;

/// <summary>Puts safetensors files together by hand.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Of(string json, ReadOnlySpan<byte> data) => Of(Encoding.UTF8.GetBytes(json), data);

    public static byte[] Of(ReadOnlySpan<byte> json, ReadOnlySpan<byte> data) =>
        [.. BitConverter.GetBytes((ulong)json.Length), .. json, .. data];
}
