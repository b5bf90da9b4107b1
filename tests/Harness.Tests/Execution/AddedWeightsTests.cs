namespace Dfx.Harness.Tests.Execution;

public sealed class AddedWeightsTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void Begin() => _folder = Directory.CreateTempSubdirectory("dfx-test-");

    [TearDown]
    public void End() => _folder.Delete(recursive: true);

    [Test]
    public void Files_are_found_by_their_id()
    {
        var file = Added("r64");
        Assert.That(Path("r64"), Is.EqualTo(file));
        Assert.That(Path("inception"), Is.Null);
        Assert.That(Path("r64", ("DFX_DATA", "/elsewhere")), Is.Null);
    }

    [Test]
    public void The_environment_names_inception_and_nothing_else()
    {
        var file = Added("r64");
        Assert.That(Path("inception", ("DFX_INCEPTION", "/mine.pth")), Is.EqualTo("/mine.pth"));
        Assert.That(Path("r64", ("DFX_INCEPTION", "/mine.pth")), Is.EqualTo(file));
    }

    private string? Path(string id, params (string Name, string Value)[] environment) => AddedWeights.Path(
        id, name => environment.FirstOrDefault(e => e.Name == name).Value, () => _folder.FullName);

    private string Added(string id)
    {
        var folder = _folder.CreateSubdirectory("weights");
        var path = System.IO.Path.Combine(folder.FullName, id + ".pth");
        File.WriteAllText(path, "");
        return path;
    }
}
