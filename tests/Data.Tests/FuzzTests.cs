using Dfx.Numerics.Tests.Files;

namespace Dfx.Data.Tests;

/// <summary>Damaged images and archives: each is read or refused, soon, and without more memory than the file's size can justify.</summary>
public sealed class FuzzTests
{
    [TestCase(0, 20_000)]
    [TestCase(1, 20_000)]
    [TestCase(2, 20_000)]
    [TestCase(3, 2000)]
    [TestCase(4, 20_000)]
    [TestCase(5, 20_000)]
    [TestCase(6, 20_000)]
    [TestCase(7, 2000)]
    public void Each_is_read_or_refused(int kind, int count) => Fuzzing.Check(DamagedFiles.Kinds()[kind], 1 + kind, count);
}
