using Dfx.Sdk;

namespace Dfx.Data.Packing;

/// <summary>What is taken of published files for what.</summary>
/// <param name="Origin">The folder or archive as the user named it.</param>
/// <param name="Train">How many training images there are.</param>
/// <param name="Test">How many test images there are.</param>
/// <param name="Classes">The classes; empty without labels.</param>
/// <param name="Reading">What decides the parts, and what is not taken.</param>
internal sealed record Intake(string Origin, int Train, int Test, IReadOnlyList<ClassCount> Classes, Reading Reading)
{
    /// <summary>Counts the images of a source; none is read.</summary>
    public static Intake Of(string origin, IPixelSource source)
    {
        var counts = source.Items.CountBy(item => (item.Split, item.Label)).ToDictionary();
        int Count(Split split) => counts.Where(pair => pair.Key.Split == split).Sum(pair => pair.Value);
        var classes = source.Classes.Select((name, label) => new ClassCount(
            name, counts.GetValueOrDefault((Split.Train, label)), counts.GetValueOrDefault((Split.Test, label))));
        return new(origin, Count(Split.Train), Count(Split.Test), [.. classes], source.Reading);
    }
}

/// <summary>How many images a class has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Train">Training images.</param>
/// <param name="Test">Test images.</param>
internal sealed record ClassCount(string Name, int Train, int Test)
{
    /// <summary>Images of both parts.</summary>
    public int All => Train + Test;
}
