namespace Dfx.Numerics.Tests.Files;

/// <summary>Damaged files of arrays: each is read or refused, soon, and without more memory than the file or its consistent content justifies.</summary>
public sealed class FuzzTests
{
    [TestCase(0, 7000)]
    [TestCase(1, 6000)]
    [TestCase(2, 7000)]
    [TestCase(3, 20_000)]
    [TestCase(4, 20_000)]
    public void Each_is_read_or_refused(int kind, int count)
    {
        using var folder = new TestFolder();
        Fuzzing.Check(DamagedArrays.Kinds(folder["."])[kind], 11 + kind, count);
    }
}
