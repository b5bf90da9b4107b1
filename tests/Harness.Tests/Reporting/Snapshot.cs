namespace Dfx.Harness.Tests.Reporting;

/// <summary>Agreed files in <c>Snapshots/</c>. What differs is written to <c>artifacts/snapshots/</c>: look at it, and copy it over if it is right.</summary>
internal static class Snapshot
{
    internal static void Check(string name, string actual)
    {
        var agreed = Path.Combine(Repository.Root, "tests", "Harness.Tests", "Reporting", "Snapshots", name);
        if (File.Exists(agreed) && File.ReadAllText(agreed) == actual)
        {
            return;
        }

        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "snapshots")).FullName;
        File.WriteAllText(Path.Combine(folder, name), actual);
        Assert.That(actual, Is.EqualTo(File.Exists(agreed) ? File.ReadAllText(agreed) : ""), $"{agreed}; what came is in {folder}");
    }
}
