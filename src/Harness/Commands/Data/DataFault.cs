using Dfx.Sdk;

namespace Dfx.Harness.Commands.Data;

/// <summary>Errors of data as exit codes: 2 with the message as it is, since it may name many images, a line each.</summary>
internal static class DataFault
{
    internal static Task<int> Guard(Func<int> action) => Fault.Guard(
        () =>
        {
            try
            {
                return action();
            }
            catch (DataUnavailableException e)
            {
                throw new UsageException(e.Message, e);
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine("dfx: interrupted; nothing was added.");
                return Fault.Interrupted;
            }
        }, Console.Error);
}
