namespace Dfx.Sdk;

/// <summary>Who is told how far work has come. Call it as often as you like: it decides what is shown.</summary>
public interface IProgressHost
{
    /// <summary>Reports progress.</summary>
    /// <param name="done">Steps, images or rows that are done.</param>
    /// <param name="total">How many there will be.</param>
    /// <param name="note">What else is worth a look, such as the loss; short.</param>
    void Report(long done, long total, string? note = null);
}
