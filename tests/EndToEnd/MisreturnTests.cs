namespace Dfx.EndToEnd;

/// <summary>Results that are none: each costs its own cell or metric, in words, and no worker.</summary>
[TestFixture]
internal sealed class MisreturnTests
{
    private const string Matrix =
        """
        name: misreturns
        datasets: [test-shapes]
        training: { steps: 4, batch: 4 }
        methods: [test-affine]
        samplers:
          - test-misreturns
          - { sampler: test-misreturns, with: { fault: fewer }, name: fewer }
          - { sampler: test-misreturns, with: { fault: more }, name: more }
        nfe: [1]
        samples: 8
        threads: 1
        metrics: [test-mean, test-misvalues]
        """;

    [Test]
    public void Other_numbers_stand_and_links_are_not_written_through()
    {
        using var desk = new Desk().With("Sample", "Misreturns");
        var matrix = desk.Write("misreturns.yaml", Matrix);
        var first = desk.Run(matrix);
        var results = Path.Combine(desk.Results, "misreturns");
        var cells = Csv.Read(Path.Combine(results, "cells.csv")).ToLookup(cell => cell["sampler"]);

        // A link where the log of the cell that failed will be written again.
        var theirs = desk.Write("theirs.txt", "precious");
        var log = Path.Combine(results, "logs", cells["fewer"].First()["key"] + ".log");
        File.Delete(log);
        File.CreateSymbolicLink(log, theirs);
        var again = desk.Run(matrix);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Code, Is.EqualTo(1), first.Output + first.Errors);
            Assert.That(cells["test-misreturns"].Select(cell => cell["metric"] + " " + cell["status"]), Is.EqualTo(new[] { "test-mean ok", "test-misvalues error" }));
            Assert.That(cells["test-misreturns"].Last()["message"], Is.EqualTo("test-misvalues gave a spread of NaN for test-misvalues; where there is none it must be null"));
            Assert.That(cells["fewer"].Single()["message"], Does.Contain("the sampler's result has shape [1,1,8,8], not ["));
            Assert.That(cells["more"].Single()["message"], Does.Contain("the sampler's result has shape ["));
            Assert.That(again.Code, Is.EqualTo(1), again.Output + again.Errors);
            Assert.That(File.ReadAllText(theirs), Is.EqualTo("precious"));
            Assert.That(new FileInfo(log).LinkTarget, Is.Null);
            Assert.That(File.ReadAllText(log), Does.Contain("the sampler's result"));
        }
    }
}
