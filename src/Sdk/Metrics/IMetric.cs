namespace Dfx.Sdk;

/// <summary>Measures samples. Its type has a <see cref="MetricAttribute"/>.</summary>
public interface IMetric
{
    /// <summary>Measures.</summary>
    /// <param name="context">The samples, what they are compared with, and a cache that the metrics of a cell share.</param>
    /// <returns>One value or several; their names are honest (<c>fid</c> only with the standard Inception weights).</returns>
    /// <exception cref="NotApplicableException">There are too few samples, or weights are missing; the message says which.</exception>
    IReadOnlyList<MetricValue> Evaluate(MetricContext context);
}
