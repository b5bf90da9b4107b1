namespace Dfx.EndToEnd;

/// <summary>A bit that a disk or a copy changed.</summary>
[TestFixture]
internal sealed class BitRotTests
{
    /// <summary>Budgets are added to a run whose checkpoints were damaged: they are named and trained again, and all numbers are those of an undisturbed run.</summary>
    [Test]
    public void A_damaged_checkpoint_is_named_and_trained_again()
    {
        using var desk = new Desk().With("Sample");
        var matrix = desk.Write("small.yaml", Matrices.Small);
        Assert.That(desk.Run(matrix).Code, Is.Zero);
        var checkpoint = Directory.GetFiles(Path.Combine(desk.Results, "small", "artifacts"), "checkpoint-40.safetensors", SearchOption.AllDirectories).Order().First();
        var sound = File.ReadAllBytes(checkpoint);
        var damaged = sound.ToArray();
        damaged[^3] ^= 16;
        File.WriteAllBytes(checkpoint, damaged);

        desk.Write("small.yaml", Matrices.Small.Replace("nfe: [4, 9]", "nfe: [4, 9, 6]", StringComparison.Ordinal));
        var again = desk.Run(matrix);
        var fresh = desk.Run(matrix, "--results", Path.Combine(desk.Folder, "fresh"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Code, Is.Zero, again.Errors);
            Assert.That(again.Errors, Does.Contain($"{checkpoint} cannot be used").And.Contain("damaged"));
            Assert.That(again.Output.Split('\n').Count(line => line.Contains(" train | ", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(File.ReadAllBytes(checkpoint)[^64..], Is.EqualTo(sound[^64..]), "the same weights");
            Assert.That(Csv.WithoutTimes(Path.Combine(desk.Results, "small", "cells.csv")), Is.EqualTo(Csv.WithoutTimes(Path.Combine(desk.Folder, "fresh", "small", "cells.csv"))), fresh.Errors);
        }
    }

    /// <summary>A copy that went wrong: the sound checkpoint of another seed, in the same place.</summary>
    [Test]
    public void A_checkpoint_of_another_training_is_named_and_trained_again()
    {
        using var desk = new Desk().With("Sample");
        var matrix = desk.Write("small.yaml", Matrices.Small);
        Assert.That(desk.Run(matrix).Code, Is.Zero);
        var checkpoints = Directory.GetFiles(Path.Combine(desk.Results, "small", "artifacts"), "checkpoint-40.safetensors", SearchOption.AllDirectories).Order().ToList();
        var (place, other) = (checkpoints[0], checkpoints.First(path => !File.ReadAllBytes(path).SequenceEqual(File.ReadAllBytes(checkpoints[0]))));
        File.Copy(other, place, overwrite: true);

        desk.Write("small.yaml", Matrices.Small.Replace("nfe: [4, 9]", "nfe: [4, 9, 6]", StringComparison.Ordinal));
        var again = desk.Run(matrix);
        var fresh = desk.Run(matrix, "--results", Path.Combine(desk.Folder, "fresh"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Code, Is.Zero, again.Errors);
            Assert.That(again.Errors, Does.Contain($"{place} cannot be used: it is not the file that record"));
            Assert.That(Csv.WithoutTimes(Path.Combine(desk.Results, "small", "cells.csv")), Is.EqualTo(Csv.WithoutTimes(Path.Combine(desk.Folder, "fresh", "small", "cells.csv"))), fresh.Errors);
        }
    }

    /// <summary>Features agree with themselves, whosever they are: with those of another cell in their place the samples are looked at again.</summary>
    [Test]
    public void Features_of_another_cell_are_not_measured()
    {
        using var desk = new Desk().With("Dfx.Baselines");
        var text = Matrices.Tiny.Replace("[heun, { sampler: ddim, with: { eta: 1 } }]", "[heun]", StringComparison.Ordinal).Replace("nfe: [3, 5]", "nfe: [3]", StringComparison.Ordinal);
        text = text.Replace("metrics: [fd, kid]", "metrics: [fd]\nkeep: [samples, features]", StringComparison.Ordinal);
        var matrix = desk.Write("tiny.yaml", text);
        Assert.That(desk.Run(matrix).Code, Is.Zero);
        var features = Directory.GetFiles(Path.Combine(desk.Results, "tiny", "artifacts"), "features.npz", SearchOption.AllDirectories).Order().ToList();
        File.Copy(features[1], features[0], overwrite: true);

        desk.Write("tiny.yaml", text.Replace("[fd]", "[fd, kid]", StringComparison.Ordinal));
        var again = desk.Run(matrix);
        var fresh = desk.Run(matrix, "--results", Path.Combine(desk.Folder, "fresh"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Code, Is.Zero, again.Errors);
            Assert.That(Csv.WithoutTimes(Path.Combine(desk.Results, "tiny", "cells.csv")), Is.EqualTo(Csv.WithoutTimes(Path.Combine(desk.Folder, "fresh", "tiny", "cells.csv"))), fresh.Errors);
        }
    }
}
