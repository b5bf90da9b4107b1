namespace Dfx.Diffusion;

/// <summary>What goes into a network and what comes out of it.</summary>
/// <param name="Images">The shape of the noisy images.</param>
public sealed record NetworkSignature(DataShape Images)
{
    /// <summary>Channels that are concatenated to the images; 0 for none.</summary>
    public int Condition { get; init; }

    /// <summary>How many classes the labels have; 0 for no labels.</summary>
    public int Classes { get; init; }

    /// <summary>Numbers of an augmentation label (Karras et al. 2022, appendix F.2); 0 for none.</summary>
    public int Augmentation { get; init; }

    /// <summary>Channels of the output.</summary>
    public int Outputs { get; init; } = Images.Channels;

    /// <summary>Whether the network is not told the noise level: it then has no embedding, and no layer that reads one.</summary>
    public bool NoiseBlind { get; init; }

    /// <summary>The probability in [0, 1) that a training step hides an image's class, so that the network learns both branches of guidance.</summary>
    public double LabelDropout { get; init; }

    /// <summary>
    /// What a run's networks see and return: its images, its task's condition, the data's classes if the task uses labels, and augmentation
    /// labels if its training augments.
    /// </summary>
    /// <param name="model">Data and task.</param>
    public static NetworkSignature Of(ModelContext model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var shape = model.Data.Shape;
        return new(shape)
        {
            Condition = model.Task.ConditionChannels(shape),
            Classes = model.Task.UsesLabels ? model.Data.Classes.Count : 0,
            Augmentation = model.Augmented ? AugmentPipe.LabelCount : 0,
        };
    }
}
