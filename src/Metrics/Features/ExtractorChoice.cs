namespace Dfx.Metrics;

/// <summary>Which network turns images into features. Data that are no images have themselves for features.</summary>
public enum ExtractorChoice
{
    /// <summary>
    /// By the dataset: <c>fmnist-cnn</c> for fashion-mnist of 28x28, <c>r64</c> for emoji-32, else <c>inception</c>. None stands in for another.
    /// </summary>
    Auto,

    /// <summary>The committed classifier of Fashion-MNIST.</summary>
    FmnistCnn,

    /// <summary>The Inception-v3 of published FIDs; the user adds its weights.</summary>
    Inception,

    /// <summary>Features of a network with random weights, for images from 16x16 on that no classifier suits.</summary>
    R64,
}
