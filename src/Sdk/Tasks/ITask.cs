namespace Dfx.Sdk;

/// <summary>What a model is for: plain generation, or restoring what a mask or an occluder hides. Its type has a <see cref="TaskAttribute"/>.</summary>
public interface ITask
{
    /// <summary>The metrics that make sense for it. With paired ones, test images are restored; otherwise images are generated.</summary>
    MetricKinds Metrics { get; }

    /// <summary>The part of the data that distributions are compared with; the training set, as published protocols have it.</summary>
    Split Reference => Split.Train;

    /// <summary>Whether networks are told the class of each image; the data must have labels.</summary>
    bool UsesLabels => false;

    /// <summary>How many channels it adds to the network's input; 0 for generation.</summary>
    /// <param name="shape">The shape of the images.</param>
    int ConditionChannels(DataShape shape);

    /// <summary>What is observed of images.</summary>
    /// <param name="images">The images, their labels and their random numbers.</param>
    /// <returns>The condition, or null for plain generation.</returns>
    Condition? Observe(TaskImages images);
}
