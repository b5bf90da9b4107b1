using System.Runtime.Intrinsics;
using Dfx.Numerics.Noise;

namespace Dfx.Numerics.Tests.Noise;

/// <summary>
/// The numbers themselves, as bit patterns: results published with one version are reproduced by the next only while these stay.
/// <see cref="NarrowMachineTests"/> runs this class again without the wide vectors.
/// </summary>
internal sealed class GoldenTests
{
    private static readonly NoiseKey Key = NoiseKey.For(2026, "golden");

    [TestCase(
        "Bits",
        0x97103B63UL, 0xC4983D33UL, 0x96177D33UL, 0xBF5B6130UL,
        0x95F7EAC9UL, 0x7B025E49UL, 0xE43EF908UL, 0x00D21107UL)]
    [TestCase(
        "Uniforms float",
        0x3F17103BUL, 0x3F44983DUL, 0x3F16177DUL, 0x3F3F5B61UL,
        0x3F15F7EAUL, 0x3EF604BCUL, 0x3F643EF9UL, 0x3B521100UL)]
    [TestCase(
        "Uniforms double",
        0x3FE89307A672E207UL, 0x3FE7EB6C2612C2EFUL, 0x3FDEC09792657DFAUL, 0x3F6A4220FC87DF00UL,
        0x3FAF146C1BA87DF0UL, 0x3FD5A61964D3B2B0UL, 0x3FA6957A3C4F5810UL, 0x3FE732DC49BE68E8UL)]
    [TestCase(
        "Normals float",
        0x3DECB677UL, 0xBF82A291UL, 0xBC859A19UL, 0xBF84415FUL,
        0xBF8361BDUL, 0x3E016496UL, 0x3EF53BC9UL, 0x3C1E1189UL)]
    [TestCase(
        "Normals double",
        0xBF877CD72A9D85FEUL, 0xBFE7403C8E4BE801UL, 0x3FF35E175F716FD2UL, 0x3F98F79B30F9D9E6UL,
        0xBFF3F1B24AB342C9UL, 0x40001965088A491EUL, 0xBFD90E122643CE43UL, 0xC003BD96CD2ED17FUL)]
    [TestCase(
        "Integers",
        0x25C40ED9UL, 0x31260F4DUL, 0x2585DF4DUL, 0x2FD6D84CUL,
        0x257DFAB2UL, 0x1EC09792UL, 0x390FBE42UL, 0x00348441UL)]
    public void The_first_eight_numbers_are(string kind, params ulong[] expected) =>
        Assert.That(Fills.Of(kind)(Key, 1, 2, 8, 0).Select(Hex), Is.EqualTo(expected.Select(Hex)));

    // FNV-1a over the bit patterns of 100000 numbers: every series, quadrant and exponent takes part.
    [TestCase("Bits", 0x0AB21453BE0A188DUL)]
    [TestCase("Uniforms float", 0xB3FEEB52E5728604UL)]
    [TestCase("Uniforms double", 0x98C3B1DC38C7DE75UL)]
    [TestCase("Normals float", 0xE7127DEA6B08969EUL)]
    [TestCase("Normals double", 0xF6DB5A2833400B34UL)]
    [TestCase("Integers", 0xF5FBCF0B80625E9FUL)]
    public void A_digest_of_many_numbers_is(string kind, ulong expected) =>
        Assert.That(Hex(Digest(Fills.Of(kind)(Key, 1, 2, 100_000, 0))), Is.EqualTo(Hex(expected)));

    [Test]
    public void Vectors_are_as_wide_as_the_environment_says()
    {
        Assert.That(Vector128.IsHardwareAccelerated, Is.False.Or.EqualTo(Allowed("DOTNET_EnableHWIntrinsic")));
        Assert.That(Vector256.IsHardwareAccelerated, Is.False.Or.EqualTo(Allowed("DOTNET_EnableAVX2")));
        Assert.That(Vector512.IsHardwareAccelerated, Is.False.Or.EqualTo(Allowed("DOTNET_EnableAVX512")));
    }

    private static bool Allowed(string setting) => Environment.GetEnvironmentVariable(setting) != "0";

    private static ulong Digest(ulong[] values) =>
        values.Aggregate(0xCBF29CE484222325UL, (hash, value) => unchecked((hash ^ value) * 0x100000001B3UL));

    private static string Hex(ulong bits) => $"{bits:X16}";
}
